package org.sallyport.adapter.policy.iam.document;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sallyport.adapter.policy.iam.document.RawStatement.Element;
import org.sallyport.spi.access.PolicyKind;

/** What IAM asks of a document beyond its syntax, in the order in which it complains. */
final class DocumentRules {

    private DocumentRules() {}

    static void check(PolicyKind kind, RawDocument document) throws MalformedPolicyException {
        if (kind == PolicyKind.MANAGED && !document.hasVariables()) {
            throw new MalformedPolicyException(
                    "Policy document must be version 2012-10-17 or greater.", "Version is missing or older.");
        }
        each(document, DocumentRules::legacy);
        sids(document);
        each(document, statement -> parts(kind, statement));
        each(document, DocumentRules::names);
    }

    /** A rule for one statement. */
    @FunctionalInterface
    private interface Rule {
        void check(RawStatement statement) throws MalformedPolicyException;
    }

    private static void each(RawDocument document, Rule rule) throws MalformedPolicyException {
        for (RawStatement statement : document.statements()) {
            try {
                rule.check(statement);
            } catch (MalformedPolicyException e) {
                throw e.in(statement);
            }
        }
    }

    private static void parts(PolicyKind kind, RawStatement statement) throws MalformedPolicyException {
        PrincipalRules.checkPresence(kind, statement);
        present(statement.actions(), "Policy statement must contain actions.");
        if (kind == PolicyKind.TRUST) {
            PrincipalRules.checkTrust(statement);
        } else {
            present(statement.resources(), "Policy statement must contain resources.");
        }
    }

    private static void names(RawStatement statement) throws MalformedPolicyException {
        for (String resource : statement.resources().map(Element::texts).orElse(List.of())) {
            ResourceRules.check(resource);
        }
        for (String action : statement.actions().orElseThrow().texts()) {
            ActionRules.check(action);
        }
    }

    private static void legacy(RawStatement statement) throws MalformedPolicyException {
        if (!statement.effect().equals("Allow") && !statement.effect().equals("Deny")) {
            throw MalformedPolicyException.legacy("Effect must be written Allow or Deny.");
        }
        for (RawStatement.RawCondition condition : statement.conditions()) {
            if (StatementCompiler.condition(condition, false).isEmpty()) {
                throw MalformedPolicyException.legacy("A value of %s under %s is no such value: %s."
                        .formatted(condition.key(), condition.operator(), condition.values()));
            }
        }
    }

    private static void sids(RawDocument document) throws MalformedPolicyException {
        Set<String> seen = new HashSet<>();
        each(document, statement -> sid(statement.sid(), seen));
    }

    private static void sid(String sid, Set<String> seen) throws MalformedPolicyException {
        if (!sid.matches("[0-9A-Za-z]*")) {
            throw new MalformedPolicyException(
                    "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression"
                            + " [0-9A-Za-z]*",
                    "Sid %s holds other characters.".formatted(sid));
        }
        if (!sid.isEmpty() && !seen.add(sid)) {
            throw new MalformedPolicyException(
                    "Statement IDs (SID) in a single policy must be unique.", "Sid %s stands twice.".formatted(sid));
        }
    }

    private static void present(Optional<Element> element, String message) throws MalformedPolicyException {
        if (element.isEmpty() || element.get().texts().isEmpty()) {
            throw new MalformedPolicyException(message, "The element is missing or an empty list.");
        }
    }
}
