package org.sallyport.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.test.contract.InMemoryAuthorizer.ALLOW_ALL;
import static org.sallyport.test.contract.InMemoryAuthorizer.ALLOW_START;
import static org.sallyport.test.contract.InMemoryAuthorizer.DENY_ALL;
import static org.sallyport.test.contract.InMemoryAuthorizer.NODE_ARN;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.spi.access.Authorizer;
import org.sallyport.spi.access.Authorizer.Verdict;
import org.sallyport.spi.access.Decision;
import org.sallyport.spi.access.PolicyDocuments;

/** What every {@link Authorizer} keeps to: it denies by default, and nothing that it cannot read allows anything. */
public abstract class AuthorizerContract {
    private static final Principal ALICE = new Principal(
            "123456789012", PrincipalType.USER, "AIDAALICE", "alice", "arn:aws:iam::123456789012:user/alice");
    private static final AccessRequest START = new AccessRequest(ALICE, "ssm:StartSession", NODE_ARN);

    /** The authorizer under test. */
    protected abstract Authorizer authorizer();

    /** Documents that allow nothing: damaged, of unknown shape, or with a condition that nobody knows. */
    static Stream<String> unreadable() {
        return Stream.of(
                "",
                "null",
                "[]",
                "{}",
                "*",
                "\u0000",
                ALLOW_ALL.substring(0, ALLOW_ALL.length() - 1),
                ALLOW_ALL.replace("\"Allow\"", "\"allow it\""),
                ALLOW_ALL.replace("\"Effect\":\"Allow\",", ""),
                ALLOW_ALL.replace("\"Action\":\"*\",", ""),
                ALLOW_ALL.replace("\"Resource\":\"*\"", "\"Resource\":{\"any\":true}"),
                ALLOW_ALL.replace("}]}", ",\"Condition\":{\"FancyEquals\":{\"aws:username\":\"alice\"}}}]}"),
                ALLOW_ALL.replace("}]}", ",\"Condition\":\"none\"}]}"),
                ALLOW_ALL.replace("\"Statement\"", "\"statements\""),
                "[".repeat(60_000),
                "{\"Statement\":".repeat(4_000));
    }

    @Test
    void withoutPoliciesNothingIsAllowed() {
        assertThat(decide(START)).isEqualTo(Verdict.IMPLICIT_DENY);
    }

    @Test
    void whatAPolicyAllowsIsAllowed() {
        assertThat(decide(START, ALLOW_ALL)).isEqualTo(Verdict.ALLOWED);
        assertThat(decide(START, ALLOW_START)).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void anotherActionOrResourceIsNotAllowed() {
        assertThat(decide(new AccessRequest(ALICE, "ssm:TerminateSession", NODE_ARN), ALLOW_START))
                .isEqualTo(Verdict.IMPLICIT_DENY);
        assertThat(decide(new AccessRequest(ALICE, "ssm:StartSession", NODE_ARN + "1"), ALLOW_START))
                .isEqualTo(Verdict.IMPLICIT_DENY);
        assertThat(decide(new AccessRequest(ALICE, "ssm:StartSession", "*"), ALLOW_START))
                .isEqualTo(Verdict.IMPLICIT_DENY);
    }

    @Test
    void anExplicitDenyWinsInAnyOrder() {
        assertThat(decide(START, ALLOW_ALL, DENY_ALL)).isEqualTo(Verdict.EXPLICIT_DENY);
        assertThat(decide(START, DENY_ALL, ALLOW_ALL)).isEqualTo(Verdict.EXPLICIT_DENY);
        assertThat(decide(START, DENY_ALL)).isEqualTo(Verdict.EXPLICIT_DENY);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("unreadable")
    void whatCannotBeReadNeverAllows(String document) {
        assertThat(decide(START, document)).isNotEqualTo(Verdict.ALLOWED);
        assertThat(decide(START, document, DENY_ALL)).isNotEqualTo(Verdict.ALLOWED);
    }

    @Test
    void whatLimitsAnIdentityAllowsNothingByItself() {
        PolicyDocuments all = PolicyDocuments.ofIdentity(List.of(ALLOW_ALL));

        assertThat(decide(all.withBoundary(List.of(ALLOW_START)))).isEqualTo(Verdict.ALLOWED);
        assertThat(decide(all.withSession(List.of(ALLOW_START)))).isEqualTo(Verdict.ALLOWED);
        assertThat(decide(PolicyDocuments.ofIdentity(List.of()).withBoundary(List.of(ALLOW_ALL))))
                .isEqualTo(Verdict.IMPLICIT_DENY);
        assertThat(decide(PolicyDocuments.ofIdentity(List.of()).withSession(List.of(ALLOW_ALL))))
                .isEqualTo(Verdict.IMPLICIT_DENY);
    }

    @Test
    void everyLimitMustAllowAndNoneMayDeny() {
        AccessRequest terminate = new AccessRequest(ALICE, "ssm:TerminateSession", NODE_ARN);
        PolicyDocuments all = PolicyDocuments.ofIdentity(List.of(ALLOW_ALL));

        assertThat(decide(terminate, all.withBoundary(List.of(ALLOW_START)))).isEqualTo(Verdict.IMPLICIT_DENY);
        assertThat(decide(terminate, all.withSession(List.of(ALLOW_START)))).isEqualTo(Verdict.IMPLICIT_DENY);
        assertThat(decide(all.withBoundary(List.of(DENY_ALL)))).isEqualTo(Verdict.EXPLICIT_DENY);
        assertThat(decide(all.withSession(List.of(ALLOW_ALL, DENY_ALL)))).isEqualTo(Verdict.EXPLICIT_DENY);
        assertThat(decide(all.withBoundary(List.of("{")))).isNotEqualTo(Verdict.ALLOWED);
    }

    @Test
    void nobodyAssumesARoleWhoseTrustCannotBeRead() {
        PolicyDocuments all = PolicyDocuments.ofIdentity(List.of(ALLOW_ALL));

        assertThat(decide(all.withTrust(ALLOW_ALL))).isNotEqualTo(Verdict.ALLOWED);
        assertThat(decide(all.withResource("{"))).isNotEqualTo(Verdict.ALLOWED);
    }

    @Test
    void explainsWhatItDecides() {
        for (PolicyDocuments policies : List.of(
                PolicyDocuments.ofIdentity(List.of(ALLOW_ALL)),
                PolicyDocuments.ofIdentity(List.of(ALLOW_ALL, DENY_ALL)),
                PolicyDocuments.ofIdentity(List.of()),
                PolicyDocuments.ofIdentity(List.of("{")))) {
            Decision decision = authorizer().explain(START, policies, inTime());

            assertThat(decision.verdict()).isEqualTo(decide(policies));
            assertThat(decision.text()).isNotBlank();
        }
    }

    @Test
    void answersManyAtOnceAlike() throws Exception {
        assertThat(Race.of(8, () -> decide(START, ALLOW_START))).containsOnly(Verdict.ALLOWED);
        assertThat(Race.of(8, () -> decide(START))).containsOnly(Verdict.IMPLICIT_DENY);
    }

    private Verdict decide(AccessRequest request, String... policies) {
        return authorizer().decide(request, List.of(policies), inTime());
    }

    private Verdict decide(PolicyDocuments policies) {
        return decide(START, policies);
    }

    private Verdict decide(AccessRequest request, PolicyDocuments policies) {
        return authorizer().decide(request, policies, inTime());
    }

    private static Instant inTime() {
        return Instant.now().plus(Duration.ofSeconds(30));
    }
}
