package org.sallyport.test.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** The operations that the assembled server serves of one of AWS's services, from the model that it carries. */
record ServedOperations(JsonNode model) {

    static ServedOperations of(String service) {
        try (Stream<Path> jars = Files.list(LiveSystem.program("server/system"))) {
            Path front = jars.filter(jar -> jar.getFileName().toString().startsWith("org.sallyport.front.aws-"))
                    .findFirst()
                    .orElseThrow();
            try (ZipFile jar = new ZipFile(front.toFile());
                    InputStream in = jar.getInputStream(jar.getEntry("models/" + service + ".json"))) {
                return new ServedOperations(new ObjectMapper().readTree(in));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<String> names() {
        Set<String> names = new TreeSet<>();
        model.path("operations").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Codes that the model names for an operation. */
    Set<String> errors(String operation) {
        Set<String> codes = new TreeSet<>();
        for (JsonNode error : model.at("/operations/" + operation + "/errors")) {
            String shape = error.path("shape").asText();
            // three of STS's codes end as their shapes do
            codes.add(
                    shape.matches("(ExpiredToken|RegionDisabled|InvalidAuthorizationMessage)Exception")
                            ? shape
                            : shape.replaceAll("Exception$", ""));
        }
        return codes;
    }

    /** Members of an operation's input, and whether each must be there. */
    TreeMap<String, Boolean> members(String operation) {
        JsonNode input = model.path("shapes")
                .path(model.at("/operations/" + operation + "/input/shape").asText());
        TreeMap<String, Boolean> members = new TreeMap<>();
        input.path("members").fieldNames().forEachRemaining(name -> members.put(name, false));
        input.path("required").forEach(name -> members.put(name.asText(), true));
        return members;
    }
}
