package org.sallyport.adapter.policy.iam.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.sallyport.adapter.policy.iam.IamAuthorizer;
import org.sallyport.adapter.policy.iam.document.MalformedPolicyException;
import org.sallyport.adapter.policy.iam.document.Policy;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.spi.access.Authorizer.Verdict;
import org.sallyport.spi.access.PolicyDocuments;
import org.sallyport.spi.access.PolicyKind;

/** Asks the engine and the second, deliberately simple evaluator, which must say the same. */
public final class PolicyAgreement {
    private static final IamAuthorizer AUTHORIZER = new IamAuthorizer();

    private PolicyAgreement() {}

    /** What both say. */
    static Verdict check(AccessRequest request, PolicyDocuments policies) {
        Verdict expected = NaiveEvaluator.decide(request, policies);
        assertThat(AUTHORIZER.decide(request, policies, Instant.MAX))
                .as("%s by %s", request, policies)
                .isEqualTo(expected);
        return expected;
    }

    /** About a request and well-formed documents that these bytes choose; for a fuzzer. */
    public static void check(byte[] choices) {
        Random dice = new Choices(choices);
        RandomPolicies make = new RandomPolicies(dice);
        AccessRequest request = make.request();
        PolicyDocuments policies = PolicyDocuments.ofIdentity(make.documents(request, 3));
        if (dice.nextBoolean()) {
            policies = policies.withBoundary(make.documents(request, 1));
        }
        if (dice.nextBoolean()) {
            policies = policies.withSession(make.documents(request, 2));
        }
        if (readable(policies)) {
            check(request, policies);
        }
    }

    /** The simple evaluator knows nothing of what is refused. */
    private static boolean readable(PolicyDocuments policies) {
        return Stream.of(policies.identity(), policies.boundary(), policies.session())
                .flatMap(List::stream)
                .allMatch(PolicyAgreement::readable);
    }

    private static boolean readable(String document) {
        try {
            Policy.parse(PolicyKind.INPUT, document);
            return true;
        } catch (MalformedPolicyException e) {
            return false;
        }
    }

    /** One byte a choice, as long as there are some; then always the same. */
    private static final class Choices extends Random {
        private final byte[] bytes;
        private int at;

        Choices(byte[] bytes) {
            super(1);
            this.bytes = bytes.clone();
        }

        @Override
        protected int next(int bits) {
            return at < bytes.length ? (bytes[at++] & 0xff) * 0x01010101 >>> 32 - bits : super.next(bits);
        }
    }
}
