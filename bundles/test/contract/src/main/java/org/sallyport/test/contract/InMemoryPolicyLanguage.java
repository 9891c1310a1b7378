package org.sallyport.test.contract;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sallyport.spi.access.PolicyCheck;
import org.sallyport.spi.access.PolicyFinding;
import org.sallyport.spi.access.PolicyKind;
import org.sallyport.spi.access.PolicyLanguage;

/** {@link PolicyLanguage} for tests: knows the three documents of {@link InMemoryAuthorizer} and refuses everything else. */
public final class InMemoryPolicyLanguage implements PolicyLanguage {
    private static final Set<String> KNOWN =
            Set.of(InMemoryAuthorizer.ALLOW_ALL, InMemoryAuthorizer.DENY_ALL, InMemoryAuthorizer.ALLOW_START);

    @Override
    public PolicyCheck check(PolicyKind kind, String document) {
        boolean known = KNOWN.contains(document.strip()) && kind != PolicyKind.TRUST && kind != PolicyKind.RESOURCE;
        return new PolicyCheck(
                document.strip().length(),
                known
                        ? Optional.empty()
                        : Optional.of(new PolicyCheck.Problem(
                                PolicyCheck.Kind.MALFORMED,
                                "Syntax errors in policy.",
                                "It is none of the documents that are known here.",
                                Optional.empty())));
    }

    @Override
    public List<PolicyFinding> lint(PolicyKind kind, String document) {
        return List.of();
    }

    @Override
    public List<String> contextKeys(List<String> documents) {
        return List.of();
    }
}
