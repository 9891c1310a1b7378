import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a service model of AWS down to the operations whose targets stand in the sources of a folder, without documentation. Run by the
 * build: model, folder of the operations, result.
 */
public final class ReduceModel {
    private final ObjectMapper json = new ObjectMapper();
    private final JsonNode model;
    private final Set<String> shapes = new TreeSet<>();

    private ReduceModel(JsonNode model) {
        this.model = model;
    }

    public static void main(String[] arguments) throws IOException {
        ReduceModel reducer = new ReduceModel(new ObjectMapper().readTree(new File(arguments[0])));
        Set<String> served = reducer.served(Path.of(arguments[1]));
        Path result = Path.of(arguments[2]);
        Files.createDirectories(result.getParent());
        reducer.json.writerWithDefaultPrettyPrinter().writeValue(result.toFile(), reducer.reduced(served));
    }

    /** The operations whose target stands in quotes in a source of the folder. */
    private Set<String> served(Path folder) throws IOException {
        JsonNode metadata = model.get("metadata");
        String prefix = metadata.path("targetPrefix")
                .asText(metadata.path("endpointPrefix").asText());
        Set<String> served = new TreeSet<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Matcher target = Pattern.compile("\"" + Pattern.quote(prefix) + "\\.(\\w+)\"")
                        .matcher(Files.readString(file));
                while (target.find()) {
                    served.add(target.group(1));
                }
            }
        }
        return served;
    }

    private ObjectNode reduced(Set<String> served) {
        ObjectNode result = json.createObjectNode();
        result.set("metadata", model.get("metadata"));
        ObjectNode operations = result.putObject("operations");
        for (String name : served) {
            JsonNode operation = model.get("operations").get(name);
            if (operation != null) {
                operations.set(name, undocumented(operation));
                keep(operation.get("input"));
                keep(operation.get("output"));
            }
        }
        ObjectNode kept = result.putObject("shapes");
        shapes.forEach(name -> kept.set(name, undocumented(model.get("shapes").get(name))));
        return result;
    }

    private void keep(JsonNode reference) {
        if (reference == null || !shapes.add(reference.get("shape").asText())) {
            return;
        }
        JsonNode shape = model.get("shapes").get(reference.get("shape").asText());
        if (shape.has("members")) {
            shape.get("members").forEach(this::keep);
        }
        keep(shape.get("member"));
        keep(shape.get("key"));
        keep(shape.get("value"));
    }

    private static JsonNode undocumented(JsonNode node) {
        JsonNode copy = node.deepCopy();
        copy.findParents("documentation").forEach(parent -> {
            // a member may have that name as well; only the texts are documentation
            if (parent.get("documentation").isTextual()) {
                ((ObjectNode) parent).remove("documentation");
            }
        });
        return copy;
    }
}
