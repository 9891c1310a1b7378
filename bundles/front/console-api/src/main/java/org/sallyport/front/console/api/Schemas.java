package org.sallyport.front.console.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.List;
import java.util.Map;

/** JSON schemas of the records that go in and out. A type that it does not know is a defect that shows in the build's tests. */
final class Schemas {
    private static final String REF = "#/components/schemas/";

    private final ObjectNode components = JsonNodeFactory.instance.objectNode();

    /** What the references point to. */
    ObjectNode components() {
        return components;
    }

    /** @param request in requests, what may be null may be left out */
    ObjectNode of(Type type, boolean request) {
        return of(type, request, null);
    }

    private ObjectNode of(Type type, boolean request, ParameterizedType within) {
        if (type instanceof TypeVariable<?>) {
            return of(within.getActualTypeArguments()[0], request, null);
        }
        if (type instanceof ParameterizedType parameterized) {
            Class<?> raw = (Class<?>) parameterized.getRawType();
            Type[] arguments = parameterized.getActualTypeArguments();
            if (raw == List.class) {
                return simple("array").set("items", of(arguments[0], request, within));
            }
            if (raw == Map.class) {
                return simple("object").set("additionalProperties", of(arguments[1], request, within));
            }
            return record(raw, raw.getSimpleName() + "Of" + name(arguments[0]), request, parameterized);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class || plain == char[].class) {
            return simple("string");
        }
        if (plain == int.class || plain == long.class || plain == Integer.class) {
            return simple("integer");
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return simple("boolean");
        }
        if (plain.isRecord()) {
            return record(plain, plain.getSimpleName(), request, null);
        }
        throw new IllegalArgumentException("No schema for " + type);
    }

    private ObjectNode record(Class<?> type, String name, boolean request, ParameterizedType parameterized) {
        ObjectNode reference = JsonNodeFactory.instance.objectNode().put("$ref", REF + name);
        if (components.has(name)) {
            return reference;
        }
        ObjectNode schema = simple("object");
        components.set(name, schema);
        ObjectNode properties = schema.putObject("properties");
        for (RecordComponent component : type.getRecordComponents()) {
            ObjectNode property = of(component.getGenericType(), request, parameterized);
            boolean maybe = component.isAnnotationPresent(Maybe.class);
            properties.set(component.getName(), maybe ? orNull(property) : property);
            if (!maybe || !request) {
                schema.withArray("required").add(component.getName());
            }
        }
        schema.put("additionalProperties", false);
        return reference;
    }

    private static ObjectNode orNull(ObjectNode schema) {
        String type = schema.path("type").asText();
        schema.putArray("type").add(type).add("null");
        return schema;
    }

    private static String name(Type type) {
        return ((Class<?>) type).getSimpleName();
    }

    private static ObjectNode simple(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
