package org.sallyport.core.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sallyport.api.access.Credential;
import org.sallyport.api.access.RoleSessions.Scope;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.iam.Tag;
import org.sallyport.spi.access.PolicyKind;

/**
 * What limits and describes a session that is to be, checked by STS's rules.
 *
 * @param policies documents, and ARNs of managed policies
 * @param tags the caller's transitive ones included
 * @param packedPercent how much of the space for policies and tags is used
 */
record SessionScope(List<String> policies, Map<String, String> tags, Set<String> transitive, int packedPercent) {
    private static final int MOST_ARNS = 10;
    private static final int SPACE = 2_048;

    /** @param from the caller's credential, whose transitive tags go on */
    static SessionScope of(Scope scope, Credential from, DocumentChecks documents) {
        IamTexts.tags(scope.tags());
        if (scope.tags().size() > IamTexts.MOST_TAGS || scope.policyArns().size() > MOST_ARNS) {
            throw IamErrors.invalid(
                    "At most %d tags and %d policies by ARN are possible.".formatted(IamTexts.MOST_TAGS, MOST_ARNS));
        }
        Set<String> transitive = new HashSet<>(from.transitive());
        Map<String, String> tags = new HashMap<>();
        from.tags().forEach((key, value) -> {
            if (from.transitive().contains(EntityTable.key(key))) {
                tags.put(key, value);
            }
        });
        for (Tag tag : scope.tags()) {
            if (from.transitive().contains(EntityTable.key(tag.key()))) {
                throw IamErrors.invalid("The tag %s cannot be set: it is a transitive tag of the calling session."
                        .formatted(tag.key()));
            }
            tags.put(tag.key(), tag.value());
        }
        scope.transitive().forEach(key -> transitive.add(EntityTable.key(key)));
        List<String> policies = new ArrayList<>();
        scope.policy().ifPresent(policies::add);
        policies.addAll(scope.policyArns());
        int used = packed(scope, documents);
        return new SessionScope(policies, tags, transitive, used);
    }

    private static int packed(Scope scope, DocumentChecks documents) {
        int characters = 0;
        if (scope.policy().isPresent()) {
            try {
                characters = documents.check(PolicyKind.SESSION, scope.policy().get());
            } catch (SallyportException e) {
                throw e.code() == IamError.LIMIT_EXCEEDED ? tooLarge(e) : e;
            }
        }
        for (Tag tag : scope.tags()) {
            characters += tag.key().length() + tag.value().length();
        }
        for (String arn : scope.policyArns()) {
            characters += arn.length();
        }
        int percent = (characters * 100 + SPACE - 1) / SPACE;
        // ARNs and tags are packed: only what is far beyond the space does not fit
        if (percent > 100 * (1 + scope.policyArns().size() + scope.tags().size() / 10)) {
            throw tooLarge(null);
        }
        return Math.min(100, percent);
    }

    private static SallyportException tooLarge(SallyportException cause) {
        return new SallyportException(
                IamError.PACKED_POLICY_TOO_LARGE,
                "The session policies and session tags together are larger than allowed.",
                cause);
    }
}
