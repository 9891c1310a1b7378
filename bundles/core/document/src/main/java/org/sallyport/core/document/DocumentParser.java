package org.sallyport.core.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.api.document.SessionInputs;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/**
 * Reads session documents of schema version 1.0 (node-agent specification, section 7.1). Bounds: 64 KB, JSON depth 32, no key twice, 64
 * parameters.
 */
final class DocumentParser {
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_PARAMETERS = 64;
    private static final int MAX_PATTERN = 1024;
    private static final Set<String> SESSION_TYPES =
            Set.of("Standard_Stream", "InteractiveCommands", "NonInteractiveCommands", "Port");
    private static final Pattern PARAMETER_NAME = Pattern.compile("[a-zA-Z0-9]{1,64}");

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(32).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private DocumentParser() {}

    /** @throws SallyportException {@code INVALID_ARGUMENT} that says what is wrong with the document */
    static ParsedDocument parse(String json) {
        if (json.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw invalid("is longer than %d bytes".formatted(MAX_BYTES));
        }
        JsonNode root = read(json);
        if (!root.isObject()) {
            throw invalid("is no JSON object");
        }
        if (!text(root, "schemaVersion").equals("1.0")) {
            throw invalid("must have schemaVersion \"1.0\"");
        }
        String sessionType = text(root, "sessionType");
        if (!SESSION_TYPES.contains(sessionType)) {
            throw invalid("must have a sessionType of "
                    + SESSION_TYPES.stream().sorted().toList());
        }
        JsonNode inputs = root.path("inputs");
        if (!inputs.isMissingNode() && !inputs.isObject()) {
            throw invalid("must have an object as inputs");
        }
        SessionInputs ours = InputsParser.parse(inputs);
        return new ParsedDocument(sessionType, forNode(json, root), rules(root.path("parameters")), ours);
    }

    /** The text as it is, but for the input that is none of the node's. */
    private static String forNode(String json, JsonNode root) {
        return root.path("inputs") instanceof ObjectNode inputs && inputs.remove(InputsParser.RECORDING_FAILURE) != null
                ? root.toString()
                : json;
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT,
                    "The document is no JSON within the bounds: %s".formatted(e.getOriginalMessage()),
                    e);
        }
    }

    private static Map<String, ParameterRule> rules(JsonNode parameters) {
        if (parameters.isMissingNode()) {
            return Map.of();
        }
        if (!parameters.isObject() || parameters.size() > MAX_PARAMETERS) {
            throw invalid("must have an object of at most %d entries as parameters".formatted(MAX_PARAMETERS));
        }
        Map<String, ParameterRule> rules = new HashMap<>();
        parameters.properties().forEach(entry -> rules.put(entry.getKey(), rule(entry.getKey(), entry.getValue())));
        return rules;
    }

    private static ParameterRule rule(String name, JsonNode node) {
        if (!PARAMETER_NAME.matches(name)) {
            throw invalid("has a parameter whose name is not 1 to 64 letters and digits");
        }
        if (!text(node, "type").equals("String")) {
            throw invalid("must have type String for parameter %s".formatted(name));
        }
        List<String> allowed = new ArrayList<>();
        for (JsonNode value : node.path("allowedValues")) {
            if (!value.isTextual()) {
                throw invalid("must have texts as allowedValues of parameter %s".formatted(name));
            }
            allowed.add(value.asText());
        }
        ParameterRule rule = new ParameterRule(
                name,
                optionalText(node, "default"),
                optionalText(node, "allowedPattern").map(pattern -> pattern(name, pattern)),
                allowed);
        rule.defaultValue().ifPresent(rule::check);
        return rule;
    }

    private static Pattern pattern(String name, String text) {
        if (text.length() > MAX_PATTERN) {
            throw invalid("has an allowedPattern of more than %d characters for %s".formatted(MAX_PATTERN, name));
        }
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT,
                    "The document's allowedPattern of parameter %s cannot be used: %s".formatted(name, e.getMessage()),
                    e);
        }
    }

    private static String text(JsonNode node, String field) {
        return optionalText(node, field).orElse("");
    }

    static Optional<String> optionalText(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw invalid("must have a text as %s".formatted(field));
        }
        return Optional.of(value.asText());
    }

    static SallyportException invalid(String what) {
        return new SallyportException(CommonError.INVALID_ARGUMENT, "The document " + what + ".");
    }
}
