package org.sallyport.front.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.api.iam.Simulations;
import org.sallyport.front.aws.Recorder.Asked;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.InvalidInputException;

/** Simulations, as AWS's own client writes and reads them. */
class IamSimulationTest {
    private final Front front = new Front();
    private final IamClient iam = AwsClients.iam(front);
    private final Recorder<Simulations> simulations = front.iam.simulations;

    @Test
    void documentsAreSimulated() {
        var page = iam.simulateCustomPolicy(r -> r.policyInputList(FakeIam.DOCUMENT, "{}")
                .permissionsBoundaryPolicyInputList("{\"a\":1}")
                .actionNames("ssm:StartSession", "ssm:ResumeSession")
                .resourceArns(FakeIam.LIMIT)
                .resourcePolicy("{\"b\":1}")
                .resourceOwner("arn:aws:iam::000000000000:root")
                .callerArn(FakeIam.USER.arn())
                .contextEntries(
                        context("aws:SourceIp", "ip", "192.0.2.1", "192.0.2.2"),
                        context("aws:CurrentTime", "date", "2026-03-01T00:00:00Z")));

        assertThat(simulations.last())
                .isEqualTo(Asked.byCaller(
                        "custom",
                        List.of(FakeIam.DOCUMENT, "{}"),
                        List.of("{\"a\":1}"),
                        new Simulations.Questions(
                                List.of("ssm:StartSession", "ssm:ResumeSession"),
                                List.of(FakeIam.LIMIT),
                                Map.of(
                                        "aws:SourceIp", List.of("192.0.2.1", "192.0.2.2"),
                                        "aws:CurrentTime", List.of("2026-03-01T00:00:00Z")),
                                Optional.of("{\"b\":1}"),
                                Optional.of(FakeIam.USER.arn()))));
        assertThat(page.isTruncated()).isFalse();
        assertThat(page.evaluationResults()).hasSize(3).first().satisfies(result -> {
            assertThat(result.evalActionName()).isEqualTo("ssm:StartSession");
            assertThat(result.evalResourceName()).endsWith("managed-instance/mi-1");
            assertThat(result.evalDecisionAsString()).isEqualTo("explicitDeny");
            assertThat(result.missingContextValues()).containsExactly("aws:SourceIp");
            assertThat(result.permissionsBoundaryDecisionDetail().allowedByPermissionsBoundary())
                    .isTrue();
            assertThat(result.matchedStatements()).singleElement().satisfies(statement -> {
                assertThat(statement.sourcePolicyId()).isEqualTo("Shells");
                assertThat(statement.sourcePolicyTypeAsString()).isEqualTo("user-managed");
                assertThat(statement.startPosition().line()).isEqualTo(3);
                assertThat(statement.startPosition().column()).isEqualTo(5);
                assertThat(statement.endPosition().line()).isEqualTo(7);
                assertThat(statement.endPosition().column()).isEqualTo(6);
            });
        });
    }

    @Test
    void resultsComeInPages() {
        List<String> resources = iam
                .simulateCustomPolicyPaginator(r ->
                        r.policyInputList("{}").actionNames("ssm:StartSession").maxItems(2))
                .evaluationResults()
                .stream()
                .map(result -> result.evalResourceName()
                        .substring(result.evalResourceName().length() - 4))
                .toList();

        assertThat(resources).containsExactly("mi-1", "mi-2", "mi-3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "3", "-1", "x", "99999999999"})
    void aMarkerOfNobodyIsRefused(String marker) {
        assertThatThrownBy(() -> iam.simulateCustomPolicy(r ->
                        r.policyInputList("{}").actionNames("ssm:StartSession").marker(marker)))
                .isInstanceOfSatisfying(
                        IamException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationError"));
    }

    @Test
    void thePoliciesOfAPrincipalAreSimulated() {
        var page = iam.simulatePrincipalPolicy(
                r -> r.policySourceArn(FakeIam.USER.arn()).actionNames("ssm:StartSession"));

        assertThat(page.evaluationResults()).hasSize(1);
        assertThat(simulations.last())
                .isEqualTo(Asked.byCaller(
                        "principal",
                        FakeIam.USER.arn(),
                        List.of(),
                        List.of(),
                        new Simulations.Questions(
                                List.of("ssm:StartSession"), List.of(), Map.of(), Optional.empty(), Optional.empty())));
    }

    @Test
    void whatCannotBeSimulatedIsRefused() {
        refused(
                "ResourceHandlingOption",
                () -> iam.simulatePrincipalPolicy(r -> r.policySourceArn(FakeIam.USER.arn())
                        .actionNames("a:b")
                        .resourceHandlingOption("EC2-VPC-EBS")));
        refused(
                "ResourceOwner",
                () -> iam.simulatePrincipalPolicy(r -> r.policySourceArn(FakeIam.USER.arn())
                        .actionNames("a:b")
                        .resourceOwner("arn:aws:iam::111111111111:root")));
        refused(
                "twice",
                () -> iam.simulatePrincipalPolicy(r -> r.policySourceArn(FakeIam.USER.arn())
                        .actionNames("a:b")
                        .contextEntries(context("aws:k", "string"), context("AWS:K", "string"))));
        refused(
                "ContextKeyName",
                () -> iam.simulatePrincipalPolicy(r -> r.policySourceArn(FakeIam.USER.arn())
                        .actionNames("a:b")
                        .contextEntries(context(null, "string", "v"))));
        assertThat(simulations.last()).isNull();
    }

    private static void refused(String word, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(InvalidInputException.class).hasMessageContaining(word);
    }

    @Test
    void contextKeysAreTold() {
        assertThat(iam.getContextKeysForCustomPolicy(r -> r.policyInputList("{}", "[]"))
                        .contextKeyNames())
                .containsExactly("aws:SourceIp", "aws:username");
        assertThat(simulations.last()).isEqualTo(Asked.byCaller("contextKeys", List.of("{}", "[]")));
        assertThat(iam.getContextKeysForPrincipalPolicy(
                                r -> r.policySourceArn(FakeIam.USER.arn()).policyInputList("{}"))
                        .contextKeyNames())
                .containsExactly("aws:SourceIp");
        assertThat(simulations.last()).isEqualTo(Asked.byCaller("contextKeysOf", FakeIam.USER.arn(), List.of("{}")));
    }

    private static ContextEntry context(String key, String type, String... values) {
        return ContextEntry.builder()
                .contextKeyName(key)
                .contextKeyType(type)
                .contextKeyValues(values)
                .build();
    }
}
