package org.sallyport.front.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.front.aws.model.OperationModel;
import org.sallyport.front.aws.model.Shape;

/** A request's input as plain values for the audit trail. What the model calls sensitive is left out of it. */
final class Parameters {
    private static final String HIDDEN = "Value hidden due to security reasons.";

    private Parameters() {}

    static Map<String, Object> of(JsonNode input, OperationModel model) {
        Object values = value(input, model.input().map(Shape.class::cast), model);
        return values instanceof Map<?, ?> map ? named(map) : Map.of();
    }

    private static Map<String, Object> named(Map<?, ?> map) {
        Map<String, Object> named = new LinkedHashMap<>();
        map.forEach((name, value) -> named.put(String.valueOf(name), value));
        return named;
    }

    private static Object value(JsonNode node, Optional<Shape> shape, OperationModel model) {
        if (node.isObject()) {
            Map<String, Object> members = new LinkedHashMap<>();
            node.properties()
                    .forEach(
                            e -> members.put(e.getKey(), value(e.getValue(), member(shape, e.getKey(), model), model)));
            return members;
        }
        if (node.isArray()) {
            List<Object> items = new ArrayList<>();
            node.forEach(item -> items.add(value(item, member(shape, "", model), model)));
            return items;
        }
        if (node.isNull()) {
            return null;
        }
        boolean sensitive = shape.filter(
                        s -> s instanceof Shape.Blob || s instanceof Shape.Text text && text.sensitive())
                .isPresent();
        if (sensitive) {
            return HIDDEN;
        }
        return node.isNumber() ? node.numberValue() : node.isBoolean() ? (Object) node.booleanValue() : node.asText();
    }

    private static Optional<Shape> member(Optional<Shape> of, String name, OperationModel model) {
        return of.flatMap(shape -> {
                    if (shape instanceof Shape.Structure structure) {
                        return Optional.ofNullable(structure.members().get(name));
                    }
                    if (shape instanceof Shape.Sequence sequence) {
                        return Optional.of(sequence.member());
                    }
                    return shape instanceof Shape.Mapping mapping ? Optional.of(mapping.value()) : Optional.empty();
                })
                .map(model::shape);
    }
}
