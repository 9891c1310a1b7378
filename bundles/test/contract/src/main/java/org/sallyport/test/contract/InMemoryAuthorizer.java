package org.sallyport.test.contract;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.spi.access.Authorizer;

/**
 * {@link Authorizer} for tests: knows the three documents named here by their exact text and understands nothing else, so anything else
 * never allows.
 */
public final class InMemoryAuthorizer implements Authorizer {
    /** Allows everything. */
    public static final String ALLOW_ALL =
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";

    /** Denies everything. */
    public static final String DENY_ALL =
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}""";

    /** The node of {@link #ALLOW_START}. */
    public static final String NODE_ARN = "arn:aws:ssm:test-1:123456789012:managed-instance/mi-0123456789abcdef0";

    /** Allows {@code ssm:StartSession} on {@link #NODE_ARN} alone. */
    public static final String ALLOW_START =
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ssm:StartSession",\
            "Resource":"arn:aws:ssm:test-1:123456789012:managed-instance/mi-0123456789abcdef0"}]}""";

    @Override
    public Verdict decide(AccessRequest request, List<String> policies, Instant deadline) {
        Objects.requireNonNull(deadline);
        if (policies.contains(DENY_ALL)) {
            return Verdict.EXPLICIT_DENY;
        }
        boolean start = request.action().equals("ssm:StartSession")
                && request.resource().equals(NODE_ARN)
                && policies.contains(ALLOW_START);
        return start || policies.contains(ALLOW_ALL) ? Verdict.ALLOWED : Verdict.IMPLICIT_DENY;
    }
}
