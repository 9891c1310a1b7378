package org.sallyport.test.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A route as the console's API describes it, with a body that fits the description.
 *
 * @param path below the API's base, its parameters filled
 * @param open whether it is called without a session
 */
record Described(String name, String method, String path, boolean open, Optional<String> body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** All of them; the end of the session is the last. */
    static List<Described> routes(String openApi) throws IOException {
        JsonNode document = JSON.readTree(openApi);
        List<Described> routes = new ArrayList<>();
        document.path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(operation ->
                        routes.add(of(document, path.getKey(), operation.getKey(), operation.getValue()))));
        routes.sort(Comparator.comparing(route -> route.name().equals("DELETE /session")));
        return routes;
    }

    private static Described of(JsonNode document, String path, String method, JsonNode operation) {
        String verb = method.toUpperCase(Locale.ROOT);
        JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
        String query = StreamSupport.stream(operation.path("parameters").spliterator(), false)
                .filter(p -> p.path("in").asText().equals("query")
                        && p.path("required").asBoolean())
                .map(p -> p.path("name").asText() + "=x")
                .collect(Collectors.joining("&"));
        return new Described(
                verb + " " + path,
                verb,
                path.replaceAll("\\{[^}]*}", "mi-0123456789abcdef0") + (query.isEmpty() ? "" : "?" + query),
                operation.path("security").isEmpty(),
                schema.isMissingNode()
                        ? Optional.empty()
                        : Optional.of(sample(document, schema, 0).toString()));
    }

    /** The smallest value that fits. */
    private static JsonNode sample(JsonNode document, JsonNode schema, int depth) {
        if (schema.has("$ref")) {
            return sample(document, document.at(schema.path("$ref").asText().substring(1)), depth);
        }
        if (schema.has("enum")) {
            return schema.path("enum").path(0);
        }
        JsonNode type = schema.path("type");
        String kind = type.isArray() ? type.path(0).asText() : type.asText();
        return switch (kind) {
            case "integer", "number" -> JSON.getNodeFactory().numberNode(1);
            case "boolean" -> JSON.getNodeFactory().booleanNode(false);
            case "array" -> JSON.createArrayNode();
            case "object" -> {
                var object = JSON.createObjectNode();
                schema.path("required")
                        .forEach(name -> object.set(
                                name.asText(),
                                sample(document, schema.path("properties").path(name.asText()), depth + 1)));
                yield object;
            }
            default -> JSON.getNodeFactory().textNode("mi-0123456789abcdef0");
        };
    }
}
