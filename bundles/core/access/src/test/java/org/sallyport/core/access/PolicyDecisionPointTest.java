package org.sallyport.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.adapter.policy.iam.IamAuthorizer;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Origin;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.SallyportException;
import org.sallyport.core.access.AccessTables.Role;
import org.sallyport.core.access.AccessTables.User;
import org.sallyport.spi.access.Authorizer;
import org.sallyport.spi.access.Authorizer.Verdict;
import org.sallyport.test.database.SettableClock;
import org.sallyport.test.stores.TestStore;

@Tag("store")
class PolicyDecisionPointTest {
    private static final String NODE = "mi-0123456789abcdef0";
    private static final String NODE_ARN = "arn:aws:ssm:onprem-1:123456789012:managed-instance/" + NODE;
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final TestStore store = TestStore.ofBundle("org.sallyport.core.access");
    private final Principals principals = new Principals("123456789012", "onprem-1");
    private final PolicyDecisionPoint decisions =
            new PolicyDecisionPoint(store, principals, new SettableClock(NOW), Duration.ofSeconds(30));
    private final SetTags nodeTags = new SetTags();
    private final Authorizer iam = new IamAuthorizer();
    private final Principal admin = principals.user(new User("AIDAADMIN", "admin", "/"));
    private final Principal nobody = principals.user(new User("AIDANOBODY", "nobody", "/"));
    private final Principal node = principals.node(new Role("AROASSMSERVICEROLE234", "SSMServiceRole", "/"), NODE);
    private final Principal nodeKey = principals.nodeKey(NODE);

    @BeforeEach
    void attach() {
        store.run(connection -> {
            AccessTables.insertUser(connection, new User("AIDAADMIN", "admin", "/"), NOW);
            AccessTables.insertUser(connection, new User("AIDANOBODY", "nobody", "/"), NOW);
            AttachmentTable.attach(connection, admin.id(), BuiltInPolicies.ADMINISTRATOR.id());
            return null;
        });
        decisions.nodeTags = nodeTags;
        decisions.bindAuthorizer(iam);
    }

    @AfterEach
    void close() {
        decisions.deactivate();
        store.close();
    }

    @Test
    void allowsTheAdministratorEverythingAndOthersNothing() {
        assertThat(allows(admin, "ssm:StartSession", NODE_ARN)).isTrue();
        assertThat(allows(nobody, "ssm:StartSession", NODE_ARN)).isFalse();
        assertThat(allows(nobody, "sts:GetCallerIdentity", "*")).isTrue();
    }

    @Test
    void allowsANodeItsOwnOperationsByThePolicyOfItsRole() {
        assertThat(allows(node, "ssm:UpdateInstanceInformation", NODE_ARN)).isTrue();
        assertThat(allows(node, "ssmmessages:CreateControlChannel", NODE_ARN)).isTrue();
        assertThat(allows(node, "ec2messages:GetMessages", "*")).isTrue();
        assertThat(allows(node, "sts:GetCallerIdentity", "*")).isTrue();
        assertThat(allows(node, "ssm:UpdateInstanceInformation", NODE_ARN.replace("def0", "def1")))
                .isFalse();
        assertThat(allows(node, "ssm:StartSession", NODE_ARN)).isFalse();
    }

    @Test
    void keepsTheCeilingOfANodeAlsoWhenItsRoleMayEverything() {
        store.run(connection -> {
            Versions.change(connection);
            AttachmentTable.attach(connection, "AROASSMSERVICEROLE234", BuiltInPolicies.ADMINISTRATOR.id());
            return null;
        });

        assertThat(allows(node, "ssm:StartSession", NODE_ARN)).isFalse();
        assertThat(allows(node, "ssm:ListInstanceAssociations", NODE_ARN.replace("def0", "def1")))
                .isFalse();
    }

    @Test
    void allowsANodesKeyItsTwoOperationsAlone() {
        assertThat(allows(nodeKey, "ssm:RequestManagedInstanceRoleToken", NODE_ARN))
                .isTrue();
        assertThat(allows(nodeKey, "ssm:UpdateManagedInstancePublicKey", NODE_ARN))
                .isTrue();
        assertThat(allows(nodeKey, "ssm:UpdateInstanceInformation", NODE_ARN)).isFalse();
        assertThat(allows(nodeKey, "sts:GetCallerIdentity", "*")).isFalse();
    }

    @Test
    void saysWhoMayNotDoWhatWithTheTextOfAws() {
        assertThatThrownBy(() -> decisions.require(new AccessRequest(nobody, "ssm:StartSession", NODE_ARN)))
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(AccessError.ACCESS_DENIED))
                .hasMessageMatching("User: arn:aws:iam::123456789012:user/nobody is not authorized to perform:"
                        + " ssm:StartSession on resource: " + NODE_ARN + " \\(reference [A-Z2-7]{20}\\)");
    }

    @Test
    void deniesWhileThePolicyAdapterIsAwayAndAllowsWhenItIsBack() {
        decisions.unbindAuthorizer(iam);
        assertThat(allows(admin, "ssm:StartSession", NODE_ARN)).isFalse();

        decisions.bindAuthorizer(iam);
        assertThat(allows(admin, "ssm:StartSession", NODE_ARN)).isTrue();
    }

    @Test
    void deniesEverythingOnNodesWhileTheirTagsCannotBeRead() {
        decisions.nodeTags = null;

        assertThat(allows(admin, "ssm:StartSession", NODE_ARN)).isFalse();
        assertThat(allows(admin, "iam:ListUsers", "*")).isTrue();
    }

    @Test
    void asksForSomethingThatGoesBySeveralNames() {
        AccessRequest one = new AccessRequest(admin, "ssm:ResumeSession", "arn:one");
        AccessRequest other = new AccessRequest(admin, "ssm:ResumeSession", "arn:other");
        decisions.bindAuthorizer((request, policies, deadline) ->
                request.resource().equals("arn:one") ? Verdict.ALLOWED : Verdict.IMPLICIT_DENY);
        decisions.requireOneOf(List.of(other, one));
        assertThatThrownBy(() -> decisions.requireOneOf(List.of(other))).hasMessageContaining("resource: arn:other");

        decisions.bindAuthorizer((request, policies, deadline) ->
                request.resource().equals("arn:one") ? Verdict.ALLOWED : Verdict.EXPLICIT_DENY);
        assertThatThrownBy(() -> decisions.requireOneOf(List.of(one, other))).hasMessageContaining("resource: arn:one");
    }

    @Test
    void deniesWhenThePolicyAdapterFails() {
        decisions.bindAuthorizer((request, policies, deadline) -> {
            throw new NoClassDefFoundError("half unloaded");
        });

        assertThat(allows(admin, "ssm:StartSession", NODE_ARN)).isFalse();
    }

    @Test
    void deniesWhenThePolicyAdapterIsLate() {
        CountDownLatch never = new CountDownLatch(1);
        PolicyDecisionPoint hasty =
                new PolicyDecisionPoint(store, principals, new SettableClock(NOW), Duration.ofMillis(50));
        hasty.nodeTags = nodeTags;
        hasty.bindAuthorizer((request, policies, deadline) -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Verdict.ALLOWED;
        });

        assertThat(hasty.allows(new AccessRequest(admin, "ssm:StartSession", NODE_ARN)))
                .isFalse();
        never.countDown();
        hasty.deactivate();
    }

    @Test
    void deniesEverythingToWhoHasAPolicyThatCannotBeFound() {
        store.run(connection -> {
            Versions.change(connection);
            AttachmentTable.attach(connection, admin.id(), "Gone");
            return null;
        });

        assertThat(allows(admin, "ssm:StartSession", NODE_ARN)).isFalse();
    }

    @Test
    void tellsTheAdapterWhoAsksWhateverTheCallerClaims() {
        AtomicReference<Map<String, List<String>>> seen = new AtomicReference<>();
        decisions.bindAuthorizer((request, policies, deadline) -> {
            seen.set(request.context());
            return Verdict.ALLOWED;
        });

        nodeTags.tags.put(NODE, Map.of("env", "prod"));
        Principal here = admin.from(Origin.overTls("192.0.2.1", Optional.of("aws-cli/2")));
        decisions.allows(new AccessRequest(
                here,
                "ssm:StartSession",
                NODE_ARN,
                Map.of(
                        "AWS:UserName", List.of("root"),
                        "aws:SourceIp", List.of("198.51.100.7"),
                        "aws:PrincipalServiceName", List.of("ssm.amazonaws.com"),
                        "aws:FederatedProvider", List.of("idp"),
                        "aws:PrincipalTag/team", List.of("blue"),
                        "aws:TokenIssueTime", List.of("2030-01-01T00:00:00Z"),
                        "aws:MultiFactorAuthPresent", List.of("true"),
                        "aws:MultiFactorAuthAge", List.of("1"),
                        "aws:ResourceTag/env", List.of("test"),
                        "ssm:resourceTag/env", List.of("test"))));

        assertThat(seen.get())
                .containsOnly(
                        Map.entry("aws:username", List.of("admin")),
                        Map.entry("aws:userid", List.of("AIDAADMIN")),
                        Map.entry("aws:PrincipalArn", List.of(admin.arn())),
                        Map.entry("aws:PrincipalAccount", List.of("123456789012")),
                        Map.entry("aws:PrincipalType", List.of("User")),
                        Map.entry("aws:PrincipalIsAWSService", List.of("false")),
                        Map.entry("aws:ViaAWSService", List.of("false")),
                        Map.entry("aws:RequestedRegion", List.of("onprem-1")),
                        Map.entry("aws:SourceIp", List.of("192.0.2.1")),
                        Map.entry("aws:SecureTransport", List.of("true")),
                        Map.entry("aws:UserAgent", List.of("aws-cli/2")),
                        Map.entry("aws:CurrentTime", List.of("2026-03-01T10:00:00Z")),
                        Map.entry("aws:EpochTime", List.of("1772359200")),
                        Map.entry("aws:ResourceTag/env", List.of("prod")),
                        Map.entry("ssm:resourceTag/env", List.of("prod")));
    }

    @Test
    void refusesToBeAskedInsideATransaction() {
        assertThatThrownBy(() -> store.run(connection -> allows(admin, "ssm:StartSession", NODE_ARN)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("transaction");
    }

    private boolean allows(Principal principal, String action, String resource) {
        return decisions.allows(new AccessRequest(principal, action, resource));
    }
}
