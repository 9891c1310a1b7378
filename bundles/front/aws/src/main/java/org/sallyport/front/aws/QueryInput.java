package org.sallyport.front.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.sallyport.api.error.SallyportException;
import org.sallyport.front.aws.model.OperationModel;
import org.sallyport.front.aws.model.Shape;

/**
 * Reads the parameters of the query protocol by the shape of an operation's input: {@code Tags.member.1.Key} is the key of the first
 * item of a list, {@code Map.entry.1.key} a key of a map. The result has the types that the same input has in JSON. What the shape
 * does not have is passed over, as AWS does.
 */
final class QueryInput {
    /** Deeper than any input of a model. */
    private static final int MAX_DEPTH = 12;

    private static final int MAX_DIGITS = 6;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final OperationModel model;

    private QueryInput(OperationModel model) {
        this.model = model;
    }

    /** A parameter's own value, and the parameters below it. */
    private static final class Node {
        private String value;
        private final Map<String, Node> below = new LinkedHashMap<>();
    }

    /** Throws {@link RequestError#MISTYPED} for a value of another type than the shape's. */
    static ObjectNode read(OperationModel model, Map<String, String> form) {
        Node root = new Node();
        form.forEach((name, value) -> place(root, name, value));
        ObjectNode input = JSON.objectNode();
        model.input().ifPresent(shape -> new QueryInput(model).structure(root, shape, input));
        return input;
    }

    private static void place(Node root, String name, String value) {
        String[] steps = name.split("\\.", MAX_DEPTH + 1);
        if (steps.length > MAX_DEPTH) {
            throw mistyped("A parameter is nested deeper than " + MAX_DEPTH);
        }
        Node node = root;
        for (String step : steps) {
            node = node.below.computeIfAbsent(step, unused -> new Node());
        }
        node.value = value;
    }

    private void structure(Node node, Shape.Structure shape, ObjectNode into) {
        shape.members().forEach((name, member) -> {
            Node below = node.below.get(name);
            if (below != null) {
                into.set(name, value(below, model.shape(member), name));
            }
        });
    }

    private JsonNode value(Node node, Shape shape, String name) {
        if (shape instanceof Shape.Structure structure) {
            ObjectNode members = JSON.objectNode();
            structure(node, structure, members);
            return members;
        }
        if (shape instanceof Shape.Sequence sequence) {
            ArrayNode items = JSON.arrayNode();
            numbered(node, "member", name)
                    .values()
                    .forEach(item -> items.add(value(item, model.shape(sequence.member()), name)));
            return items;
        }
        if (shape instanceof Shape.Mapping mapping) {
            ObjectNode entries = JSON.objectNode();
            numbered(node, "entry", name).values().forEach(entry -> entry(entry, mapping, name, entries));
            return entries;
        }
        if (node.value == null) {
            throw mistyped("A list or structure was found where " + name + " has a single value");
        }
        return scalar(node.value, shape, name);
    }

    private void entry(Node entry, Shape.Mapping mapping, String name, ObjectNode into) {
        Node key = entry.below.get("key");
        Node value = entry.below.get("value");
        if (key == null || key.value == null || value == null) {
            throw mistyped("An entry of " + name + " needs its key and its value");
        }
        into.set(key.value, value(value, model.shape(mapping.value()), name));
    }

    /** The items by their numbers; numbers may be left out. A list without items is sent as an empty parameter. */
    private static Map<Integer, Node> numbered(Node list, String kind, String name) {
        Map<Integer, Node> items = new TreeMap<>();
        Node numbers = list.below.get(kind);
        if (numbers == null) {
            if (list.value == null || !list.value.isEmpty()) {
                throw mistyped(name + " is a list: its items are " + name + "." + kind + ".1 and so on");
            }
            return items;
        }
        numbers.below.forEach((number, item) -> {
            boolean plain = number.length() <= MAX_DIGITS
                    && !number.isEmpty()
                    && number.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!plain || items.put(Integer.parseInt(number), item) != null) {
                throw mistyped("The items of " + name + " have numbers, each once");
            }
        });
        return items;
    }

    private static JsonNode scalar(String value, Shape shape, String name) {
        try {
            if (shape instanceof Shape.Whole whole) {
                return JSON.numberNode(whole.bits() == Integer.SIZE ? Integer.parseInt(value) : Long.parseLong(value));
            }
            if (shape instanceof Shape.Decimal) {
                return JSON.numberNode(Double.parseDouble(value));
            }
            if (shape instanceof Shape.Time) {
                Instant time = DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(value, Instant::from);
                return JSON.numberNode(BigDecimal.valueOf(time.toEpochMilli(), 3));
            }
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new SallyportException(RequestError.MISTYPED, "The value of " + name + " cannot be read", e);
        }
        if (shape instanceof Shape.Flag) {
            if (!value.equals("true") && !value.equals("false")) {
                throw mistyped(name + " is true or false");
            }
            return JSON.booleanNode(value.equals("true"));
        }
        return JSON.textNode(value);
    }

    private static SallyportException mistyped(String text) {
        return new SallyportException(RequestError.MISTYPED, text);
    }
}
