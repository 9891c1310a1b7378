package org.sallyport.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.adapter.policy.iam.IamAuthorizer;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Credential;
import org.sallyport.api.access.Principal;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.core.access.AccessTables.Role;
import org.sallyport.core.access.AccessTables.User;
import org.sallyport.core.access.UserTable.Login;
import org.sallyport.kernel.store.Sql;
import org.sallyport.test.database.SettableClock;
import org.sallyport.test.stores.TestStore;

/** A store from before IAM keeps its administrator, the key, the password and the role of its nodes. */
@Tag("store")
class IamUpgradeTest {
    private static final String BUNDLE = "org.sallyport.core.access";
    private static final Path MIGRATIONS = Path.of("src/main/resources/migrations");
    private static final String NODE = "mi-0123456789abcdef0";

    @TempDir
    Path folder;

    @Test
    void goesOnWithThem() throws IOException {
        Path before = Files.createDirectory(folder.resolve("before"));
        try (Stream<Path> all = Files.list(MIGRATIONS)) {
            for (Path one : all.filter(path -> path.getFileName().toString().compareTo("0004") < 0)
                    .toList()) {
                Files.copy(one, before.resolve(one.getFileName()));
            }
        }
        try (TestStore store = TestStore.with(BUNDLE, before)) {
            store.run(connection -> {
                Sql.update(
                        connection,
                        "INSERT INTO access_users (id, name, path, created_at) VALUES ('AIDAADMIN', 'Admin', '/', 7)");
                Sql.update(
                        connection,
                        "INSERT INTO access_users (id, name, path, created_at) VALUES ('AIDABOB', 'bob', '/', 7)");
                Sql.update(
                        connection,
                        "INSERT INTO access_keys (access_key_id, user_id, secret, active, created_at) VALUES ('AKIAX', 'AIDAADMIN', ?, TRUE, 7)",
                        (Object) new byte[] {1});
                Sql.update(
                        connection,
                        "INSERT INTO access_attached_policies (principal_id, policy_name) VALUES ('AIDAADMIN', 'AdministratorAccess')");
                return Sql.update(
                        connection,
                        "INSERT INTO access_first_start (id, user_name, access_key_id, done) VALUES (1, 'Admin', 'AKIAX', TRUE)");
            });

            store.migrate(BUNDLE, MIGRATIONS);

            Principals names = new Principals(IamWorld.ACCOUNT, "onprem-1");
            PolicyDecisionPoint decisions =
                    new PolicyDecisionPoint(store, names, new SettableClock(IamWorld.NOW), Duration.ofSeconds(30));
            decisions.bindAuthorizer(new IamAuthorizer());
            decisions.nodeTags = new SetTags();
            Principal admin = names.user(new User("AIDAADMIN", "Admin", "/")).with(Credential.key("AKIAX"));
            Principal node = names.node(new Role("AROASSMSERVICEROLE234", "SSMServiceRole", "/service-role/"), NODE);
            assertThat(decisions.allows(new AccessRequest(admin, "iam:CreateUser", "*")))
                    .isTrue();
            assertThat(decisions.allows(new AccessRequest(node, "ssm:UpdateInstanceInformation", "*")))
                    .isTrue();
            assertThat(new StoredNodeRoles(store, decisions, names).trustsNodes("SSMServiceRole"))
                    .isTrue();
            Optional<Login> admins = store.run(connection -> UserTable.login(connection, "AIDAADMIN"));
            Optional<Login> bobs = store.run(connection -> UserTable.login(connection, "AIDABOB"));
            boolean taken = store.run(connection -> EntityTable.taken(connection, EntityKind.USER, "ADMIN"));
            List<String> policies =
                    store.run(connection -> AttachmentTable.policiesOf(connection, List.of("AIDAADMIN")));
            assertThat(admins.orElseThrow().account()).isEqualTo("Admin");
            assertThat(bobs).isEmpty();
            assertThat(taken).isTrue();
            assertThat(policies).containsExactly(BuiltInPolicies.ADMINISTRATOR.id());
            decisions.deactivate();
        }
    }
}
