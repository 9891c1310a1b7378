package org.sallyport.test.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Requests that the service models in the front's bundle allow, one for each operation: valid, so that nothing but a decision refuses them. */
final class Models {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Values for members whose patterns say more than a simple text. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("InstanceId", "mi-0123456789abcdef0"),
            Map.entry("Target", "mi-0123456789abcdef0"),
            Map.entry("SessionId", "nobody-0123456789abcdef0"),
            Map.entry("ActivationId", "11111111-2222-3333-4444-555555555555"),
            Map.entry("ActivationCode", "CodeCodeCodeCodeCode"),
            Map.entry("SettingId", "/ssm/managed-instance/activation-tier"),
            Map.entry("SettingValue", "standard"),
            Map.entry("Destination", "mi-0123456789abcdef0"),
            Map.entry("MessagesRequestId", "0257a6bd-14d3-4257-ba0d-0d472f1dd031"),
            Map.entry("ResourceId", "mi-0123456789abcdef0"),
            Map.entry("RoleArn", "arn:aws:iam::123456789012:role/some-role"),
            Map.entry("PolicyArn", "arn:aws:iam::123456789012:policy/some-policy"),
            Map.entry("PolicyDocument", "{\"Version\":\"2012-10-17\",\"Statement\":[]}"),
            Map.entry("VersionId", "v1"),
            Map.entry("PolicySourceArn", "arn:aws:iam::123456789012:user/somebody"),
            Map.entry("PermissionsBoundary", "arn:aws:iam::123456789012:policy/some-policy"),
            Map.entry("From", "2026-01-01"),
            Map.entry("To", "2026-01-02"),
            Map.entry("AccessKeyId", "AKIAAAAAAAAAAAAAAAAA"));

    /** What an operation needs beyond the members that its model requires. */
    private static final Map<String, Map<String, String>> MORE =
            Map.of("iam.UpdateLoginProfile", Map.of("Password", "correct horse battery staple"));

    /**
     * @param target as the operation is registered
     * @param service that signatures are scoped to
     * @param query whether it is called by a form
     * @param version of the API, for forms
     */
    record Request(String target, String service, boolean query, String version, ObjectNode input) {}

    private final Map<String, Request> requests = new HashMap<>();

    Models(BundleContext context) throws IOException {
        Bundle front = Arrays.stream(context.getBundles())
                .filter(b -> "org.sallyport.front.aws".equals(b.getSymbolicName()))
                .findFirst()
                .orElseThrow();
        for (URL model : Collections.list(front.findEntries("models", "*.json", false))) {
            try (InputStream in = model.openStream()) {
                read(JSON.readTree(in));
            }
        }
    }

    /** All of them: each is served, as the front's own tests show. */
    Collection<Request> all() {
        return List.copyOf(requests.values());
    }

    Request of(String target) {
        Request request = requests.get(target);
        if (request == null) {
            throw new AssertionError("no service model describes " + target);
        }
        return request;
    }

    private void read(JsonNode model) {
        JsonNode metadata = model.path("metadata");
        String service = metadata.path("signingName")
                .asText(metadata.path("endpointPrefix").asText());
        String prefix = metadata.path("targetPrefix").asText(service);
        boolean query = metadata.path("protocol").asText().equals("query");
        model.path("operations").properties().forEach(operation -> {
            String target = prefix + "." + operation.getKey();
            JsonNode input = model.path("shapes")
                    .path(operation.getValue().at("/input/shape").asText());
            requests.put(
                    target,
                    new Request(
                            target,
                            service,
                            query,
                            metadata.path("apiVersion").asText(),
                            sample(target, input, model)));
        });
    }

    private static ObjectNode sample(String target, JsonNode input, JsonNode model) {
        ObjectNode sample = input.isMissingNode() ? JSON.createObjectNode() : (ObjectNode) value("", input, model, 0);
        MORE.getOrDefault(target, Map.of()).forEach(sample::put);
        return sample;
    }

    private static JsonNode value(String member, JsonNode shape, JsonNode model, int depth) {
        return switch (shape.path("type").asText()) {
            case "structure" -> {
                ObjectNode object = JSON.createObjectNode();
                shape.path("required").forEach(name -> {
                    JsonNode of = shape.path("members").path(name.asText());
                    object.set(
                            name.asText(),
                            value(
                                    name.asText(),
                                    model.path("shapes").path(of.path("shape").asText()),
                                    model,
                                    depth + 1));
                });
                yield object;
            }
            case "list" -> {
                var list = JSON.createArrayNode();
                if (depth < 8) {
                    list.add(value(
                            member,
                            model.path("shapes").path(shape.at("/member/shape").asText()),
                            model,
                            depth + 1));
                }
                yield list;
            }
            case "map" -> JSON.createObjectNode();
            case "integer", "long" ->
                JSON.getNodeFactory().numberNode(Math.max(1, shape.path("min").asInt()));
            case "boolean" -> JSON.getNodeFactory().booleanNode(false);
            case "timestamp" -> JSON.getNodeFactory().numberNode(1);
            default -> JSON.getNodeFactory().textNode(text(member, shape));
        };
    }

    private static String text(String member, JsonNode shape) {
        if (shape.path("enum").size() > 0) {
            return shape.path("enum").path(0).asText();
        }
        String known = VALUES.get(member);
        return known != null ? known : "x".repeat(Math.max(1, shape.path("min").asInt()));
    }
}
