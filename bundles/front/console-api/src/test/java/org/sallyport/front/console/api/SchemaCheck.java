package org.sallyport.front.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Checks a value against a schema of the API's description, in the words of JSON Schema that this description uses. */
final class SchemaCheck {
    private final JsonNode document;

    SchemaCheck(JsonNode document) {
        this.document = document;
    }

    void require(JsonNode schema, JsonNode value) {
        List<String> wrong = new ArrayList<>();
        check(schema, value, "$", wrong);
        assertThat(wrong).as(value.toString()).isEmpty();
    }

    private void check(JsonNode schema, JsonNode value, String at, List<String> wrong) {
        if (schema.has("$ref")) {
            check(document.at(schema.path("$ref").asText().substring(1)), value, at, wrong);
            return;
        }
        if (!types(schema).contains(type(value))) {
            wrong.add(at + " is " + type(value) + ", not " + types(schema));
            return;
        }
        if (value.isArray()) {
            value.forEach(item -> check(schema.path("items"), item, at + "[]", wrong));
        }
        if (value.isObject()) {
            schema.path("required").forEach(name -> {
                if (!value.has(name.asText())) {
                    wrong.add(at + " lacks " + name);
                }
            });
            value.properties().forEach(member -> {
                JsonNode property = schema.path("properties").path(member.getKey());
                JsonNode others = schema.path("additionalProperties");
                if (!property.isMissingNode()) {
                    check(property, member.getValue(), at + "." + member.getKey(), wrong);
                } else if (others.isObject()) {
                    check(others, member.getValue(), at + "." + member.getKey(), wrong);
                } else if (others.isBoolean() && !others.asBoolean()) {
                    wrong.add(at + " has " + member.getKey());
                }
            });
        }
    }

    private static List<String> types(JsonNode schema) {
        List<String> types = new ArrayList<>();
        if (schema.path("type").isArray()) {
            schema.path("type").forEach(type -> types.add(type.asText()));
        } else {
            types.add(schema.path("type").asText());
        }
        return types;
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "array";
            case OBJECT -> "object";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case NUMBER -> "integer";
            case STRING -> "string";
            default -> value.getNodeType().name();
        };
    }
}
