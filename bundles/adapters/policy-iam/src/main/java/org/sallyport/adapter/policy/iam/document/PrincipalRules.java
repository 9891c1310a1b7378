package org.sallyport.adapter.policy.iam.document;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.sallyport.spi.access.PolicyKind;

/** Where principals may and must stand, and what a role's trust policy may say. */
final class PrincipalRules {
    private static final Set<String> TYPES = Set.of("AWS", "Service", "Federated", "CanonicalUser");
    private static final Pattern AWS = Pattern.compile("\\*|\\d{12}|A(?:ID|RO|SI)A[A-Z0-9]+(:.+)?"
            + "|arn:aws[a-z-]*:(iam|sts)::\\d{12}:(root|(user|role|assumed-role|federated-user)/[^*?]+)");
    private static final Pattern STS = Pattern.compile(
            "(?i)sts:(\\*|AssumeRole(WithSAML|WithWebIdentity)?\\*?|TagSession|SetSourceIdentity|SetContext)");

    private PrincipalRules() {}

    static void checkPresence(PolicyKind kind, RawStatement statement) throws MalformedPolicyException {
        boolean onResource = kind == PolicyKind.TRUST || kind == PolicyKind.RESOURCE;
        if (!onResource && statement.principals().isPresent()) {
            throw new MalformedPolicyException(
                    "Policy document should not specify a principal.",
                    "Only trust policies and policies on resources name principals.");
        }
        if (onResource && statement.principals().isEmpty()) {
            throw new MalformedPolicyException("Missing required field Principal", "A statement names no principal.");
        }
        for (PrincipalElement.Name name :
                statement.principals().map(PrincipalElement::names).orElse(List.of())) {
            boolean fits = name.type().equals("AWS") ? AWS.matcher(name.text()).matches() : TYPES.contains(name.type());
            if (!fits || name.text().isEmpty()) {
                throw new MalformedPolicyException(
                        "Invalid principal in policy: \"%s\":\"%s\"".formatted(name.type(), name.text()),
                        "A principal is *, an account, an ARN without wildcards, a service or a provider.");
            }
        }
    }

    static void checkTrust(RawStatement statement) throws MalformedPolicyException {
        if (statement.resources().isPresent()) {
            throw new MalformedPolicyException(
                    "Has prohibited field Resource", "A trust policy is about the role that has it.");
        }
        RawStatement.Element actions = statement.actions().orElseThrow();
        if (actions.negated()
                || !actions.texts().stream().allMatch(text -> STS.matcher(text).matches())) {
            throw new MalformedPolicyException(
                    "AssumeRole policy may only specify STS AssumeRole actions.",
                    "Actions are %s.".formatted(actions.texts()));
        }
    }
}
