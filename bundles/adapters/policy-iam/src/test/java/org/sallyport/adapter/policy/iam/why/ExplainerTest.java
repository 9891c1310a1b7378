package org.sallyport.adapter.policy.iam.why;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sallyport.adapter.policy.iam.IamAuthorizer;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.spi.access.Authorizer.Verdict;
import org.sallyport.spi.access.ConditionTrace;
import org.sallyport.spi.access.Decision;
import org.sallyport.spi.access.PolicyDocuments;
import org.sallyport.spi.access.PolicyLayer;
import org.sallyport.spi.access.StatementTrace;
import org.sallyport.spi.access.StatementTrace.Outcome;
import org.sallyport.spi.access.StatementTrace.Position;

class ExplainerTest {
    private static final String NODE = "arn:aws:ssm:onprem-1:123456789012:managed-instance/mi-1";
    private static final Principal BOB =
            new Principal("123456789012", PrincipalType.USER, "AIDABOB", "bob", "arn:aws:iam::123456789012:user/bob");
    private static final String TEAM =
            """
            {"Sid":"Team","Effect":"Allow","Action":"ssm:Start*","Resource":"arn:aws:ssm:*:*:managed-instance/*",\
            "Condition":{"StringEquals":{"ssm:resourceTag/team":"${aws:PrincipalTag/team}"}}}""";
    private static final String OTHER =
            """
            {"Effect":"Allow","Action":"ssm:StartSession","Resource":"arn:aws:ssm:*:*:managed-instance/mi-2"}""";
    private static final String NO_MFA =
            """
            {"Sid":"NoMfa","Effect":"Deny","NotAction":"iam:*","Resource":"*",\
            "Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}""";

    private final IamAuthorizer authorizer = new IamAuthorizer();

    @Test
    void namesTheStatementAndTheValuesThatAllowed() {
        Decision decision = explain(
                policies(OTHER, TEAM),
                Map.of("ssm:resourceTag/team", List.of("core"), "aws:PrincipalTag/team", List.of("core")));

        assertThat(decision.verdict()).isEqualTo(Verdict.ALLOWED);
        assertThat(decision.decisive())
                .containsExactly(new StatementTrace(
                        PolicyLayer.IDENTITY,
                        1,
                        0,
                        "Team",
                        true,
                        new Position(1, 38),
                        new Position(1, 38 + TEAM.length()),
                        "ssm:Start*",
                        "arn:aws:ssm:*:*:managed-instance/*",
                        Outcome.MATCHES,
                        List.of(new ConditionTrace(
                                "StringEquals",
                                "ssm:resourceTag/team",
                                List.of("${aws:PrincipalTag/team}"),
                                List.of("core"),
                                true))));
        assertThat(decision.nearest())
                .singleElement()
                .extracting(StatementTrace::outcome)
                .isEqualTo(Outcome.OTHER_RESOURCE);
        assertThat(decision.missingKeys()).isEmpty();
        assertThat(decision.allowedByBoundary()).isEmpty();
        assertThat(decision.text())
                .isEqualTo("Allowed by statement 1 (Team) of identity policy 2, where ssm:resourceTag/team StringEquals"
                        + " [${aws:PrincipalTag/team}] and the request has [core].");
    }

    @Test
    void givesTheDenyAloneWhenOneDenies() {
        Decision decision = explain(policies(TEAM, NO_MFA), Map.of("aws:MultiFactorAuthPresent", List.of("false")));

        assertThat(decision.verdict()).isEqualTo(Verdict.EXPLICIT_DENY);
        assertThat(decision.decisive()).singleElement().satisfies(trace -> {
            assertThat(trace.sid()).isEqualTo("NoMfa");
            assertThat(trace.action()).isEqualTo("not iam:*");
            assertThat(trace.resource()).isEqualTo("*");
        });
        assertThat(decision.missingKeys()).containsExactly("aws:PrincipalTag/team", "ssm:resourceTag/team");
        assertThat(decision.text())
                .startsWith("Explicitly denied by statement 1 (NoMfa) of identity policy 2, where"
                        + " aws:MultiFactorAuthPresent BoolIfExists [false] and the request has [false].");
    }

    @Test
    void saysWhatIsMissingForAnImplicitDenial() {
        Decision decision = explain(policies(OTHER, TEAM), Map.of("AWS:PRINCIPALTAG/TEAM", List.of("core")));

        assertThat(decision.verdict()).isEqualTo(Verdict.IMPLICIT_DENY);
        assertThat(decision.decisive()).isEmpty();
        assertThat(decision.nearest())
                .extracting(StatementTrace::outcome)
                .containsExactly(Outcome.OTHER_RESOURCE, Outcome.CONDITION_FAILS);
        assertThat(decision.missing()).contains(PolicyLayer.IDENTITY);
        assertThat(decision.missingKeys()).containsExactly("ssm:resourceTag/team");
        assertThat(decision.text())
                .isEqualTo(
                        "Denied because no identity policy allows it; nearest is statement 1 (Team) of identity policy"
                                + " 2, but its condition is not met: ssm:resourceTag/team StringEquals"
                                + " [${aws:PrincipalTag/team}] and the request has no such key.");
        assertThat(explain(PolicyDocuments.ofIdentity(List.of()), Map.of()).text())
                .isEqualTo("Denied because no identity policy allows it; none is about this action.");
    }

    @Test
    void saysWhenTheBoundaryIsWhatLimits() {
        Decision decision = explain(
                policies("{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}")
                        .withBoundary(policies(OTHER).identity()),
                Map.of());

        assertThat(decision.verdict()).isEqualTo(Verdict.IMPLICIT_DENY);
        assertThat(decision.missing()).contains(PolicyLayer.BOUNDARY);
        assertThat(decision.allowedByBoundary()).contains(false);
        assertThat(decision.decisive()).extracting(StatementTrace::layer).containsExactly(PolicyLayer.IDENTITY);
        assertThat(decision.text())
                .isEqualTo(
                        "Denied because no boundary policy allows it; nearest is statement 1 of boundary policy 1, but"
                                + " it is about other resources.");
    }

    @Test
    void explainsTrustPolicies() {
        String trust =
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"AIDAEVE"},"Action":"ssm:StartSession"}]}""";
        Decision decision = explain(
                PolicyDocuments.ofIdentity(List.of()).withTrust(trust.replace("ssm:StartSession", "sts:AssumeRole")),
                "sts:AssumeRole",
                Map.of());

        assertThat(decision.missing()).contains(PolicyLayer.TRUST);
        assertThat(decision.nearest())
                .singleElement()
                .extracting(StatementTrace::outcome)
                .isEqualTo(Outcome.OTHER_PRINCIPAL);
        assertThat(decision.text()).endsWith("but it is about other principals.");
    }

    @Test
    void boundsTheNearestAndTellsOfMalformedDocuments() {
        Decision many = explain(policies(Collections.nCopies(50, OTHER).toArray(String[]::new)), Map.of());

        assertThat(many.nearest()).hasSize(20);
        assertThat(explain(PolicyDocuments.ofIdentity(List.of("{")), Map.of()).verdict())
                .isEqualTo(Verdict.EXPLICIT_DENY);
    }

    private Decision explain(PolicyDocuments policies, Map<String, List<String>> context) {
        return explain(policies, "ssm:StartSession", context);
    }

    private Decision explain(PolicyDocuments policies, String action, Map<String, List<String>> context) {
        AccessRequest request = new AccessRequest(BOB, action, NODE, context);
        Decision decision = authorizer.explain(request, policies, Instant.MAX);
        assertThat(decision.verdict()).isEqualTo(authorizer.decide(request, policies, Instant.MAX));
        return decision;
    }

    private static PolicyDocuments policies(String... statements) {
        return PolicyDocuments.ofIdentity(Arrays.stream(statements)
                .map(statement -> "{\"Version\":\"2012-10-17\",\"Statement\":[" + statement + "]}")
                .toList());
    }
}
