package org.sallyport.front.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.page.PageRequest;

/** The members of a structure that was held against its model, so the types are right; null counts as absent. */
public record Input(JsonNode node) {
    /** How many items IAM gives when nobody says. */
    private static final int MARKED_ITEMS = 100;

    /** A member that the model requires. */
    public String required(String member) {
        return node.get(member).textValue();
    }

    public Optional<String> text(String member) {
        return present(member).map(JsonNode::textValue);
    }

    public Optional<Integer> number(String member) {
        return present(member).map(JsonNode::intValue);
    }

    public Optional<Instant> time(String member) {
        return present(member).map(JsonNode::decimalValue).map(Input::instant);
    }

    /** Empty when absent. */
    public List<String> texts(String member) {
        return present(member).map(Input::textList).orElse(List.of());
    }

    /** Empty when absent. */
    public List<Input> structures(String member) {
        List<Input> items = new ArrayList<>();
        present(member).ifPresent(list -> list.forEach(item -> items.add(new Input(item))));
        return items;
    }

    /** A map of lists of texts, in the order of the request; empty when absent. */
    public Map<String, List<String>> textLists(String member) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        present(member).ifPresent(map -> map.properties().forEach(e -> lists.put(e.getKey(), textList(e.getValue()))));
        return lists;
    }

    public Optional<Boolean> flag(String member) {
        return present(member).map(JsonNode::booleanValue);
    }

    public Optional<Duration> seconds(String member) {
        return number(member).map(Duration::ofSeconds);
    }

    /** {@code MaxItems} and {@code Marker}, as IAM pages. */
    public PageRequest marked() {
        return new PageRequest(number("MaxItems").orElse(MARKED_ITEMS), text("Marker"));
    }

    /** {@code MaxResults} and {@code NextToken}. */
    public PageRequest page(int defaultItems) {
        return new PageRequest(number("MaxResults").orElse(defaultItems), text("NextToken"));
    }

    private Optional<JsonNode> present(String member) {
        return Optional.ofNullable(node.get(member)).filter(n -> !n.isNull());
    }

    private static List<String> textList(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> {
            if (item.isTextual()) {
                texts.add(item.textValue());
            }
        });
        return texts;
    }

    private static Instant instant(BigDecimal seconds) {
        return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
    }
}
