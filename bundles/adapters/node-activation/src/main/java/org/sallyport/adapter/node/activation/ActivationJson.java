package org.sallyport.adapter.node.activation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/** Activations as JSON: what was not written by {@link #write} is refused, whole. */
final class ActivationJson {
    private static final int DEPTH = 8;

    /** What records of before do not have. */
    private static final List<String> NEWER = List.of("sources", "approval");

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private ActivationJson() {}

    static byte[] write(StoredActivation activation) {
        try {
            return MAPPER.writeValueAsBytes(activation);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of plain values is always written", e);
        }
    }

    /** @param key names the record in the message when it is damaged */
    static StoredActivation read(String key, byte[] json) {
        StoredActivation read;
        try {
            JsonNode tree = MAPPER.readTree(json);
            if (tree instanceof ObjectNode record) {
                NEWER.stream().filter(member -> !record.has(member)).forEach(record::putNull);
            }
            read = MAPPER.treeToValue(tree, StoredActivation.class);
        } catch (IOException e) {
            throw damaged(key, e);
        }
        if (!complete(read)) {
            throw damaged(key, null);
        }
        return read;
    }

    private static boolean complete(StoredActivation read) {
        return read != null
                && read.format() == StoredActivation.FORMAT
                && read.id() != null
                && read.description() != null
                && read.role() != null
                && read.tags() != null
                && read.code() != null
                && read.code().salt() != null
                && !read.code().salt().isEmpty()
                && read.code().hash() != null
                && read.receipts() != null;
    }

    private static SallyportException damaged(String key, IOException cause) {
        return new SallyportException(
                CommonError.INTERNAL,
                "The record " + key + " cannot be read as an activation of format " + StoredActivation.FORMAT
                        + "; delete that activation and make a new one.",
                cause);
    }
}
