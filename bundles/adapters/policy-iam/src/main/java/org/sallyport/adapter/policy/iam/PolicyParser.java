package org.sallyport.adapter.policy.iam;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads policy documents. Bounds: 64 KB of text, JSON depth 32, no key twice.
 *
 * @see "IAM JSON policy reference, grammar of the IAM JSON policy language"
 */
final class PolicyParser {
    static final int MAX_CHARS = 64 * 1024;

    private static final String WITH_VARIABLES = "2012-10-17";
    private static final String WITHOUT_VARIABLES = "2008-10-17";
    private static final Set<String> POLICY_KEYS = Set.of("Version", "Id", "Statement");
    private static final Set<String> EVALUATED =
            Set.of("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource");

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxDocumentLength(MAX_CHARS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private PolicyParser() {}

    static Policy parse(String document) throws MalformedPolicyException {
        if (document.length() > MAX_CHARS) {
            throw new MalformedPolicyException("document is longer than %d characters".formatted(MAX_CHARS));
        }
        JsonNode root = read(document);
        if (!root.isObject()) {
            throw new MalformedPolicyException("document is no JSON object");
        }
        for (String key : keys(root)) {
            if (!POLICY_KEYS.contains(key)) {
                throw new MalformedPolicyException("unknown element %s".formatted(key));
            }
        }
        boolean variables = hasVariables(root.path("Version"));
        JsonNode statements = root.path("Statement");
        List<Statement> parsed = new ArrayList<>();
        if (statements.isObject()) {
            parsed.add(statement(statements, variables));
        } else if (statements.isArray()) {
            for (JsonNode statement : statements) {
                parsed.add(statement(statement, variables));
            }
        } else {
            throw new MalformedPolicyException("Statement is missing or neither object nor list");
        }
        return new Policy(parsed);
    }

    private static JsonNode read(String document) throws MalformedPolicyException {
        try {
            return JSON.readTree(document);
        } catch (JsonProcessingException e) {
            throw new MalformedPolicyException("document is no JSON within the bounds", e);
        }
    }

    private static boolean hasVariables(JsonNode version) throws MalformedPolicyException {
        if (version.isMissingNode() || version.asText().equals(WITHOUT_VARIABLES)) {
            return false;
        }
        if (version.isTextual() && version.asText().equals(WITH_VARIABLES)) {
            return true;
        }
        throw new MalformedPolicyException("Version must be %s or %s".formatted(WITH_VARIABLES, WITHOUT_VARIABLES));
    }

    private static Statement statement(JsonNode node, boolean variables) throws MalformedPolicyException {
        if (!node.isObject()) {
            throw new MalformedPolicyException("a statement is no JSON object");
        }
        boolean allow =
                switch (node.path("Effect").asText()) {
                    case "Allow" -> true;
                    case "Deny" -> false;
                    default -> throw new MalformedPolicyException("Effect must be Allow or Deny");
                };
        boolean evaluated = EVALUATED.containsAll(keys(node));
        Elements actions = elements(node, "Action", Wildcard::ofAction, false);
        Elements resources = elements(node, "Resource", Wildcard::ofResource, variables);
        return new Statement(allow, actions, resources, evaluated);
    }

    private static Elements elements(
            JsonNode statement, String name, Function<String, Wildcard> compile, boolean variables)
            throws MalformedPolicyException {
        boolean negated = statement.has("Not" + name);
        if (negated == statement.has(name)) {
            throw new MalformedPolicyException("a statement needs either %s or Not%s".formatted(name, name));
        }
        List<String> texts = texts(statement.get(negated ? "Not" + name : name), name);
        boolean unsure = variables && texts.stream().anyMatch(text -> text.contains("${"));
        return new Elements(texts.stream().map(compile).toList(), negated, unsure);
    }

    private static List<String> texts(JsonNode node, String name) throws MalformedPolicyException {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : node.isArray() ? node : List.of(node)) {
            if (!item.isTextual()) {
                throw new MalformedPolicyException("%s must be text or a list of texts".formatted(name));
            }
            texts.add(item.asText());
        }
        if (texts.isEmpty()) {
            throw new MalformedPolicyException("%s is an empty list".formatted(name));
        }
        return texts;
    }

    private static Set<String> keys(JsonNode node) {
        Set<String> keys = new HashSet<>();
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            keys.add(names.next());
        }
        return keys;
    }
}
