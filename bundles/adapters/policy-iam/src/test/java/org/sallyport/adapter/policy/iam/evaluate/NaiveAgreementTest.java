package org.sallyport.adapter.policy.iam.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.spi.access.Authorizer.Verdict;
import org.sallyport.spi.access.PolicyDocuments;

/** The engine and a second, deliberately simple evaluator say the same of random policies. */
class NaiveAgreementTest {
    private static final int CASES = 1_500;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesOnRandomPolicies(long seed) {
        RandomPolicies make = new RandomPolicies(seed);
        Map<Verdict, Integer> seen = new EnumMap<>(Verdict.class);
        for (int i = 0; i < CASES; i++) {
            AccessRequest request = make.request();
            PolicyDocuments policies = PolicyDocuments.ofIdentity(make.documents(request, 3));
            if (i % 3 == 0) {
                policies = policies.withBoundary(make.documents(request, 1));
            }
            if (i % 5 == 0) {
                policies = policies.withSession(make.documents(request, 2));
            }
            seen.merge(PolicyAgreement.check(request, policies), 1, Integer::sum);
        }

        assertThat(seen).hasSize(3).allSatisfy((verdict, count) -> assertThat(count)
                .isGreaterThan(CASES / 20));
    }

    @Test
    void agreesOnPoliciesThatBytesChoose() {
        Random random = new Random(7);
        for (int i = 0; i < CASES; i++) {
            byte[] choices = new byte[random.nextInt(400)];
            random.nextBytes(choices);
            PolicyAgreement.check(choices);
        }
    }

    @Test
    void findsInAHundredPoliciesWhatAWalkOverAllFinds() {
        RandomPolicies make = new RandomPolicies(6);
        for (int i = 0; i < 12; i++) {
            List<String> documents = new ArrayList<>();
            for (int j = 0; j < 100; j++) {
                documents.add(make.document(make.request()).replace("\"Deny\"", j < 98 ? "\"Allow\"" : "\"Deny\""));
            }
            PolicyDocuments policies = PolicyDocuments.ofIdentity(documents);
            for (int j = 0; j < 15; j++) {
                PolicyAgreement.check(make.request(), policies);
            }
        }
    }
}
