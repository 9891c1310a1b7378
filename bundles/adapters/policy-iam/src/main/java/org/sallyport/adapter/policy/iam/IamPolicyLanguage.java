package org.sallyport.adapter.policy.iam;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Component;
import org.sallyport.adapter.policy.iam.document.MalformedPolicyException;
import org.sallyport.adapter.policy.iam.document.Policy;
import org.sallyport.adapter.policy.iam.lint.Linter;
import org.sallyport.spi.access.PolicyCheck;
import org.sallyport.spi.access.PolicyFinding;
import org.sallyport.spi.access.PolicyKind;
import org.sallyport.spi.access.PolicyLanguage;

/** IAM's policy language. Keeps nothing. */
@Component(service = PolicyLanguage.class)
public final class IamPolicyLanguage implements PolicyLanguage {

    @Override
    public PolicyCheck check(PolicyKind kind, String document) {
        int characters =
                (int) document.chars().filter(c -> !Character.isWhitespace(c)).count();
        return new PolicyCheck(characters, problem(kind, document, characters));
    }

    private static Optional<PolicyCheck.Problem> problem(PolicyKind kind, String document, int characters) {
        try {
            Policy.parse(kind, document);
        } catch (MalformedPolicyException e) {
            return Optional.of(new PolicyCheck.Problem(PolicyCheck.Kind.MALFORMED, e.getMessage(), e.detail(), e.at()));
        }
        OptionalInt quota = kind.quota();
        if (quota.isEmpty() || characters <= quota.getAsInt()) {
            return Optional.empty();
        }
        String message =
                switch (kind) {
                    case MANAGED -> "Cannot exceed quota for PolicySize: %d";
                    case TRUST -> "Cannot exceed quota for ACLSizePerRole: %d";
                    default -> "Maximum policy size of %d bytes exceeded";
                };
        return Optional.of(new PolicyCheck.Problem(
                PolicyCheck.Kind.TOO_LARGE,
                message.formatted(quota.getAsInt()),
                "The document has %d characters without white space.".formatted(characters),
                Optional.empty()));
    }

    @Override
    public List<PolicyFinding> lint(PolicyKind kind, String document) {
        try {
            return Linter.lint(Policy.parse(kind, document));
        } catch (MalformedPolicyException e) {
            // what is wrong with it is said by check
            return List.of();
        }
    }

    @Override
    public List<String> contextKeys(List<String> documents) {
        Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String document : documents) {
            try {
                Policy.parse(PolicyKind.INPUT, document)
                        .statements()
                        .forEach(statement -> keys.addAll(statement.keys()));
            } catch (MalformedPolicyException e) {
                // what is wrong with it is said by check
            }
        }
        return List.copyOf(keys);
    }
}
