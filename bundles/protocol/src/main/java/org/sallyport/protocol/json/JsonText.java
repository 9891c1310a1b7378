package org.sallyport.protocol.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.sallyport.protocol.message.MalformedMessageException;

/** JSON of the wire: size first, then depth, doubled keys and trailing text are refused. */
public final class JsonText {
    /** Most bytes of one JSON payload. */
    public static final int MAX_BYTES = 1024 * 1024;

    private static final int MAX_DEPTH = 32;
    private static final ObjectMapper MAPPER = mapper();

    private JsonText() {}

    /** @param what names the payload in messages of exceptions */
    public static JsonFields parse(byte[] json, String what) throws MalformedMessageException {
        return new JsonFields(tree(json, what), what);
    }

    public static JsonFields parse(String json, String what) throws MalformedMessageException {
        // a char is at least one byte, so that a text that is too long is not even encoded
        requireSize(json.length(), what);
        return parse(json.getBytes(StandardCharsets.UTF_8), what);
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * Any JSON value that we made or were configured with.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static JsonNode ownValue(String json) {
        try {
            return tree(json.getBytes(StandardCharsets.UTF_8), "own text");
        } catch (MalformedMessageException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    public static byte[] bytes(JsonNode value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    public static String text(JsonNode value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    private static JsonNode tree(byte[] json, String what) throws MalformedMessageException {
        requireSize(json.length, what);
        try {
            JsonNode value = MAPPER.readTree(json);
            if (value.isMissingNode()) {
                throw new MalformedMessageException("%s is empty".formatted(what));
            }
            return value;
        } catch (IOException e) {
            throw new MalformedMessageException("%s is not well-formed JSON".formatted(what));
        }
    }

    private static void requireSize(int size, String what) throws MalformedMessageException {
        if (size > MAX_BYTES) {
            throw new MalformedMessageException("%s has more than %d bytes".formatted(what, MAX_BYTES));
        }
    }

    private static ObjectMapper mapper() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(MAX_BYTES)
                        .build());
        return mapper;
    }
}
