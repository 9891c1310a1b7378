package org.sallyport.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.adapter.policy.iam.IamAuthorizer;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessRequest;
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
            new PolicyDecisionPoint(store, new SettableClock(NOW), Duration.ofSeconds(30));
    private final Authorizer iam = new IamAuthorizer();
    private final Principal admin = principals.user(new User("AIDAADMIN", "admin", "/"));
    private final Principal nobody = principals.user(new User("AIDANOBODY", "nobody", "/"));
    private final Principal node = principals.node(new Role("AROASSMSERVICEROLE234", "SSMServiceRole", "/"), NODE);
    private final Principal nodeKey = principals.nodeKey(NODE);

    @BeforeEach
    void attach() {
        store.run(connection -> {
            AccessTables.attachPolicy(connection, admin.id(), ManagedPolicies.ADMINISTRATOR);
            return null;
        });
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
            AccessTables.attachPolicy(connection, "AROASSMSERVICEROLE234", ManagedPolicies.ADMINISTRATOR);
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
                .hasMessage("User: arn:aws:iam::123456789012:user/nobody is not authorized to perform:"
                        + " ssm:StartSession on resource: " + NODE_ARN);
    }

    @Test
    void deniesWhileThePolicyAdapterIsAwayAndAllowsWhenItIsBack() {
        decisions.unbindAuthorizer(iam);
        assertThat(allows(admin, "ssm:StartSession", NODE_ARN)).isFalse();

        decisions.bindAuthorizer(iam);
        assertThat(allows(admin, "ssm:StartSession", NODE_ARN)).isTrue();
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
        PolicyDecisionPoint hasty = new PolicyDecisionPoint(store, new SettableClock(NOW), Duration.ofMillis(50));
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
            AccessTables.attachPolicy(connection, admin.id(), "Gone");
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

        decisions.allows(new AccessRequest(
                admin,
                "ssm:StartSession",
                NODE_ARN,
                Map.of("AWS:UserName", List.of("root"), "aws:SourceIp", List.of("192.0.2.1"))));

        assertThat(seen.get())
                .containsEntry("aws:username", List.of("admin"))
                .containsEntry("aws:userid", List.of("AIDAADMIN"))
                .containsEntry("aws:SourceIp", List.of("192.0.2.1"))
                .containsEntry("aws:CurrentTime", List.of("2026-03-01T10:00:00Z"))
                .doesNotContainKey("AWS:UserName");
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
