package org.sallyport.front.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sallyport.api.access.WireRequest;
import org.sallyport.api.error.SallyportException;
import org.sallyport.front.aws.model.OperationModel;

/** AWS JSON 1.1: the target in a header, bodies in JSON. */
final class JsonProtocol implements WireProtocol {
    static final String TARGET = "X-Amz-Target";

    private static final String CONTENT_TYPE = "application/x-amz-json-1.1";
    private static final int MAX_DEPTH = 32;
    private static final int MAX_TARGET = 200;

    private static final ObjectMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(100)
                            .maxNameLength(1024)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final WireRequest request;

    JsonProtocol(WireRequest request) {
        this.request = request;
    }

    @Override
    public String target() {
        return request.header(TARGET)
                .filter(target -> target.length() <= MAX_TARGET)
                .orElse("");
    }

    @Override
    public JsonNode input(OperationModel model) {
        if (request.body().length == 0) {
            return STRICT.createObjectNode();
        }
        try {
            // a decoder of its own, because Jackson's lets overlong forms pass and guesses at other encodings
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(request.body()));
            JsonNode body = STRICT.readTree(text.toString());
            if (!body.isObject()) {
                throw new SallyportException(RequestError.SERIALIZATION, "The body must be a JSON object");
            }
            return body;
        } catch (JsonProcessingException e) {
            throw new SallyportException(
                    RequestError.SERIALIZATION, "The body is not JSON: " + e.getOriginalMessage(), e);
        } catch (CharacterCodingException e) {
            throw new SallyportException(RequestError.SERIALIZATION, "The body is not UTF-8", e);
        }
    }

    @Override
    public Answer success(String requestId, OperationModel model, Output output) {
        return new Answer(200, CONTENT_TYPE, Map.of("x-amzn-RequestId", requestId), write(output.members()));
    }

    @Override
    public String name(AwsError error) {
        return error.json();
    }

    @Override
    public Answer failure(String requestId, AwsError error, String message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("__type", error.json());
        body.put("message", message);
        Map<String, String> headers = Map.of("x-amzn-RequestId", requestId, "x-amzn-ErrorType", error.json());
        return new Answer(error.jsonStatus(), CONTENT_TYPE, headers, write(body));
    }

    private static byte[] write(Map<String, Object> members) {
        try {
            return STRICT.writeValueAsBytes(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts, numbers, booleans, lists and maps can always be written", e);
        }
    }
}
