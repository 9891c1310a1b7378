package org.sallyport.adapter.node.cloud;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An instance identity document, after its signature was found right: the form of EC2's {@code instance-identity/document}.
 *
 * @param members its members that rules may look at, without those that are null
 * @param pendingTime when the instance was started last
 */
record IdentityDocument(String instanceId, Instant pendingTime, Map<String, String> members) {
    static final List<String> MEMBERS =
            List.of("accountId", "region", "availabilityZone", "imageId", "instanceType", "architecture");

    private static final Pattern INSTANCE = Pattern.compile("i-[0-9a-f]{8}(?:[0-9a-f]{9})?");
    private static final int DEPTH = 8;
    private static final int TEXT = 256;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    IdentityDocument {
        members = Map.copyOf(members);
    }

    String member(String name) {
        return members.getOrDefault(name, "");
    }

    /** @throws RefusedException that says what is wrong */
    static IdentityDocument parse(byte[] json) throws RefusedException {
        try {
            JsonNode root = JSON.readTree(json);
            String instance = root.path("instanceId").asText("");
            if (!INSTANCE.matcher(instance).matches()) {
                throw new RefusedException("the document names no instance");
            }
            Map<String, String> members = new HashMap<>();
            for (String name : MEMBERS) {
                String value = root.path(name).textValue();
                if (value != null && value.length() <= TEXT) {
                    members.put(name, value);
                }
            }
            return new IdentityDocument(
                    instance, Instant.parse(root.path("pendingTime").asText("")), members);
        } catch (IOException | DateTimeParseException e) {
            throw new RefusedException("the document cannot be read as an instance identity document", e);
        }
    }
}
