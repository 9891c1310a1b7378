package org.sallyport.front.aws.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads shapes in the format of AWS's service models. */
final class ShapeReader {
    private ShapeReader() {}

    static Shape read(JsonNode shape) {
        String type = shape.get("type").asText();
        return switch (type) {
            case "structure" -> new Shape.Structure(members(shape), texts(shape.path("required")));
            case "list" -> new Shape.Sequence(reference(shape.get("member")), bounds(shape));
            case "map" -> new Shape.Mapping(reference(shape.get("key")), reference(shape.get("value")), bounds(shape));
            case "string", "character" ->
                new Shape.Text(
                        bounds(shape),
                        Optional.ofNullable(shape.get("pattern")).map(p -> new LinearPattern(p.asText())),
                        texts(shape.path("enum")),
                        shape.path("sensitive").asBoolean());
            case "integer" -> new Shape.Whole(bounds(shape), Integer.SIZE);
            case "long" -> new Shape.Whole(bounds(shape), Long.SIZE);
            case "float", "double" -> new Shape.Decimal(bounds(shape));
            case "boolean" -> new Shape.Flag();
            case "timestamp" -> new Shape.Time();
            case "blob" -> new Shape.Blob(bounds(shape));
            default -> throw new IllegalStateException("A service model has a shape of unknown type " + type);
        };
    }

    private static Map<String, String> members(JsonNode shape) {
        Map<String, String> members = new LinkedHashMap<>();
        shape.get("members").properties().forEach(m -> members.put(m.getKey(), reference(m.getValue())));
        return members;
    }

    private static String reference(JsonNode node) {
        return node.get("shape").asText();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(t -> texts.add(t.asText()));
        return List.copyOf(texts);
    }

    private static Shape.Bounds bounds(JsonNode shape) {
        return new Shape.Bounds(bound(shape.get("min")), bound(shape.get("max")));
    }

    private static OptionalLong bound(JsonNode value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value.asLong());
    }
}
