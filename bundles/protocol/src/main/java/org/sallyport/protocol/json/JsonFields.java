package org.sallyport.protocol.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.sallyport.protocol.message.MalformedMessageException;

/** Fields of one JSON object, each read with the type it must have. Unknown fields are ignored, null counts as absent. */
public final class JsonFields {
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final JsonNode node;
    private final String what;

    JsonFields(JsonNode node, String what) throws MalformedMessageException {
        if (!node.isObject()) {
            throw new MalformedMessageException("%s is no JSON object".formatted(what));
        }
        this.node = node;
        this.what = what;
    }

    public boolean has(String name) {
        return node.hasNonNull(name);
    }

    public String text(String name) throws MalformedMessageException {
        JsonNode value = required(name);
        if (!value.isTextual()) {
            throw wrong(name, "text");
        }
        return value.textValue();
    }

    public String textOr(String name, String absent) throws MalformedMessageException {
        return has(name) ? text(name) : absent;
    }

    public long number(String name) throws MalformedMessageException {
        JsonNode value = required(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(name, "a whole number");
        }
        return value.longValue();
    }

    /** A whole number within bounds, both included. */
    public int number(String name, int least, int most) throws MalformedMessageException {
        long value = number(name);
        if (value < least || value > most) {
            throw wrong(name, "from %d to %d".formatted(least, most));
        }
        return (int) value;
    }

    public boolean flagOr(String name, boolean absent) throws MalformedMessageException {
        if (!has(name)) {
            return absent;
        }
        if (!node.get(name).isBoolean()) {
            throw wrong(name, "true or false");
        }
        return node.get(name).booleanValue();
    }

    public UUID uuid(String name) throws MalformedMessageException {
        String text = text(name);
        if (!UUID_TEXT.matcher(text).matches()) {
            throw wrong(name, "a UUID");
        }
        return UUID.fromString(text);
    }

    /** Texts by name; empty when the field is absent. */
    public Map<String, String> texts(String name) throws MalformedMessageException {
        Map<String, String> texts = new LinkedHashMap<>();
        if (has(name)) {
            for (Map.Entry<String, JsonNode> entry : object(name).node.properties()) {
                if (!entry.getValue().isTextual()) {
                    throw wrong(name, "an object of texts");
                }
                texts.put(entry.getKey(), entry.getValue().textValue());
            }
        }
        return texts;
    }

    /** Texts in order; empty when the field is absent. */
    public List<String> textList(String name) throws MalformedMessageException {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(name)) {
            if (!element.isTextual()) {
                throw wrong(name, "a list of texts");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    public JsonFields object(String name) throws MalformedMessageException {
        return new JsonFields(required(name), what + "." + name);
    }

    /** Objects in order; empty when the field is absent. */
    public List<JsonFields> objects(String name) throws MalformedMessageException {
        List<JsonFields> objects = new ArrayList<>();
        for (JsonNode element : array(name)) {
            objects.add(new JsonFields(element, what + "." + name));
        }
        return objects;
    }

    /** Any value as JSON text, {@code null} when the field is absent. */
    public String json(String name) {
        return has(name) ? JsonText.text(node.get(name)) : "null";
    }

    private Iterable<JsonNode> array(String name) throws MalformedMessageException {
        if (!has(name)) {
            return List.of();
        }
        if (!node.get(name).isArray()) {
            throw wrong(name, "a list");
        }
        return node.get(name);
    }

    private JsonNode required(String name) throws MalformedMessageException {
        if (!has(name)) {
            throw new MalformedMessageException("%s lacks %s".formatted(what, name));
        }
        return node.get(name);
    }

    private MalformedMessageException wrong(String name, String expected) {
        return new MalformedMessageException("%s of %s must be %s".formatted(name, what, expected));
    }
}
