package org.sallyport.front.aws.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operations that this front knows: those of AWS's models that it serves, cut out at build time, and those that no public model
 * has, described in the same format.
 */
public final class ServiceModels {
    private static final List<String> RESOURCES =
            List.of("ssm", "node", "sallyport", "ec2messages", "sts", "iam", "cloudtrail");

    private final Map<String, OperationModel> operations = new HashMap<>();

    /** Reads the models in this bundle. */
    public ServiceModels() {
        ObjectMapper json = new ObjectMapper();
        for (String name : RESOURCES) {
            String resource = "/models/" + name + ".json";
            try (InputStream in = ServiceModels.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IllegalStateException("Resource " + resource + " is missing in the bundle");
                }
                add(json.readTree(in));
            } catch (IOException e) {
                throw new UncheckedIOException("Resource " + resource + " cannot be read", e);
            }
        }
    }

    /** The operation that a request names; empty for an unknown one. */
    public Optional<OperationModel> operation(String target) {
        return Optional.ofNullable(operations.get(target));
    }

    /** All of them. */
    public List<OperationModel> all() {
        return List.copyOf(operations.values());
    }

    private void add(JsonNode model) {
        JsonNode metadata = model.get("metadata");
        String signingName = metadata.path("signingName")
                .asText(metadata.get("endpointPrefix").asText());
        String prefix = metadata.path("targetPrefix").asText(signingName);
        Map<String, Shape> shapes = new HashMap<>();
        model.get("shapes").properties().forEach(s -> shapes.put(s.getKey(), ShapeReader.read(s.getValue())));
        model.get("operations").properties().forEach(o -> {
            String target = prefix + "." + o.getKey();
            OperationModel operation = new OperationModel(
                    target,
                    o.getKey(),
                    signingName,
                    structure(shapes, o.getValue().get("input")),
                    structure(shapes, o.getValue().get("output")),
                    shapes);
            if (operations.put(target, operation) != null) {
                throw new IllegalStateException("Two models describe " + target);
            }
        });
    }

    private static Optional<Shape.Structure> structure(Map<String, Shape> shapes, JsonNode reference) {
        return Optional.ofNullable(reference)
                .map(r -> (Shape.Structure) shapes.get(r.get("shape").asText()));
    }
}
