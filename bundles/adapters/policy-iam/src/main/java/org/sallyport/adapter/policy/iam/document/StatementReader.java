package org.sallyport.adapter.policy.iam.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.adapter.policy.iam.condition.Condition;
import org.sallyport.adapter.policy.iam.document.RawStatement.Element;
import org.sallyport.adapter.policy.iam.document.RawStatement.RawCondition;
import org.sallyport.adapter.policy.iam.pattern.Glob;

/**
 * Reads one statement and checks its syntax.
 *
 * @see "IAM user guide, Grammar of the IAM JSON policy language"
 */
final class StatementReader {
    private static final Set<String> ELEMENTS = Set.of(
            "Sid",
            "Effect",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Principal",
            "NotPrincipal",
            "Condition");

    private StatementReader() {}

    static RawStatement read(JsonNode node, Span span) throws MalformedPolicyException {
        for (Map.Entry<String, JsonNode> element : node.properties()) {
            if (!ELEMENTS.contains(element.getKey())) {
                throw MalformedPolicyException.syntax("There is no element %s.".formatted(element.getKey()));
            }
        }
        return new RawStatement(
                sid(node.get("Sid")),
                effect(node.get("Effect")),
                element(node, "Action"),
                element(node, "Resource"),
                principals(node),
                conditions(node.get("Condition")),
                span);
    }

    private static String sid(JsonNode node) throws MalformedPolicyException {
        return node == null ? "" : text(node, "Sid");
    }

    private static String effect(JsonNode node) throws MalformedPolicyException {
        String text = node == null ? "" : text(node, "Effect");
        if (!text.equalsIgnoreCase("Allow") && !text.equalsIgnoreCase("Deny")) {
            throw MalformedPolicyException.syntax("Effect must be Allow or Deny.");
        }
        return text;
    }

    private static Optional<Element> element(JsonNode statement, String name) throws MalformedPolicyException {
        JsonNode plain = statement.get(name);
        JsonNode negated = statement.get("Not" + name);
        if (plain != null && negated != null) {
            throw MalformedPolicyException.syntax("A statement has either %s or Not%s.".formatted(name, name));
        }
        JsonNode node = plain == null ? negated : plain;
        return node == null ? Optional.empty() : Optional.of(new Element(texts(node, name), plain == null));
    }

    private static Optional<PrincipalElement> principals(JsonNode statement) throws MalformedPolicyException {
        JsonNode plain = statement.get("Principal");
        JsonNode negated = statement.get("NotPrincipal");
        if (plain != null && negated != null) {
            throw MalformedPolicyException.syntax("A statement has either Principal or NotPrincipal.");
        }
        JsonNode node = plain == null ? negated : plain;
        if (node == null) {
            return Optional.empty();
        }
        List<PrincipalElement.Name> names = new ArrayList<>();
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                for (String text : texts(entry.getValue(), "Principal")) {
                    names.add(new PrincipalElement.Name(entry.getKey(), text));
                }
            }
        } else if (node.isTextual() && node.asText().equals("*")) {
            names.add(new PrincipalElement.Name("AWS", "*"));
        } else {
            throw MalformedPolicyException.syntax("Principal must be * or an object.");
        }
        return Optional.of(new PrincipalElement(names, plain == null));
    }

    private static List<RawCondition> conditions(JsonNode node) throws MalformedPolicyException {
        if (node == null) {
            return List.of();
        }
        List<RawCondition> conditions = new ArrayList<>();
        for (Map.Entry<String, JsonNode> operator : object(node).properties()) {
            JsonNode keys = object(operator.getValue());
            if (!keys.isEmpty() && !Condition.isOperator(operator.getKey())) {
                throw MalformedPolicyException.syntax(
                        "There is no condition operator %s.".formatted(operator.getKey()));
            }
            for (Map.Entry<String, JsonNode> key : keys.properties()) {
                conditions.add(new RawCondition(operator.getKey(), key.getKey(), values(key.getValue())));
            }
        }
        return conditions;
    }

    private static JsonNode object(JsonNode node) throws MalformedPolicyException {
        if (!node.isObject()) {
            throw MalformedPolicyException.syntax("Condition holds objects of keys under operators.");
        }
        return node;
    }

    private static List<String> values(JsonNode node) throws MalformedPolicyException {
        List<String> values = new ArrayList<>();
        for (JsonNode item : node.isArray() ? node : List.of(node)) {
            if (item.isContainerNode() || item.isNull()) {
                throw MalformedPolicyException.syntax("A condition's value must be text, a number or a truth value.");
            }
            values.add(item.isTextual() ? text(item, "Condition") : item.asText());
        }
        return values;
    }

    private static List<String> texts(JsonNode node, String name) throws MalformedPolicyException {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : node.isArray() ? node : List.of(node)) {
            texts.add(text(item, name));
        }
        return texts;
    }

    private static String text(JsonNode node, String name) throws MalformedPolicyException {
        if (!node.isTextual() || !Glob.isLiteral(node.asText())) {
            throw MalformedPolicyException.syntax("%s must be text or a list of texts.".formatted(name));
        }
        return node.asText();
    }
}
