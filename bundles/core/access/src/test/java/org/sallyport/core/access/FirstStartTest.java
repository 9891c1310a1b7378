package org.sallyport.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.core.access.AccessTables.User;
import org.sallyport.spi.identity.IdentityProvider;
import org.sallyport.test.contract.InMemoryIdentityProvider;
import org.sallyport.test.stores.TestStore;

@Tag("store")
class FirstStartTest {
    @TempDir
    private Path folder;

    private final TestStore store = TestStore.ofBundle("org.sallyport.core.access");
    private final AesSecrets secrets = new AesSecrets();
    private final InMemoryIdentityProvider provider = new InMemoryIdentityProvider();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void makesTheAdministratorAndTellsTheCredentialsToTheOwnerOfTheFolderOnly() throws IOException {
        Path file = firstStart(provider, folder.resolve("data")).complete().orElseThrow();

        assertThat(file).isEqualTo(folder.resolve("data/initial-admin.json"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
        assertWorks(file);
        List<String> policies = store.run(connection -> AttachmentTable.policiesOf(
                connection,
                List.of(AccessTables.user(connection, "admin").orElseThrow().id())));
        assertThat(policies).containsExactly(BuiltInPolicies.ADMINISTRATOR.id());
    }

    @Test
    void doesNothingAtLaterStarts() throws IOException {
        Path file = firstStart(provider, folder).complete().orElseThrow();
        Files.delete(file);

        assertThat(firstStart(provider, folder).complete()).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void doesNothingWhereUsersExist() {
        store.run(connection -> {
            AccessTables.insertUser(connection, new User("AIDABOB", "bob", "/"), Instant.EPOCH);
            return null;
        });

        assertThat(firstStart(provider, folder).complete()).isEmpty();
        Optional<User> admin = store.run(connection -> AccessTables.user(connection, "admin"));
        assertThat(admin).isEmpty();
    }

    @Test
    void completesWhatAStartWithoutIdentityProviderBegan() throws IOException {
        IdentityProvider broken = new IdentityProvider() {
            @Override
            public boolean verifyPassword(String userName, char[] password, Instant deadline) {
                throw new SallyportException(AccessError.PROVIDER_UNAVAILABLE, "away");
            }

            @Override
            public void setPassword(String userName, char[] password, Instant deadline) {
                throw new SallyportException(AccessError.PROVIDER_UNAVAILABLE, "away");
            }
        };
        assertThatThrownBy(() -> firstStart(broken, folder).complete()).hasMessage("away");
        assertThat(folder.resolve("initial-admin.json")).doesNotExist();

        assertWorks(firstStart(provider, folder).complete().orElseThrow());
        assertThat(count("SELECT COUNT(*) FROM access_users")).isOne();
        assertThat(count("SELECT COUNT(*) FROM access_keys")).isOne();
    }

    @Test
    void completesWhatAStartThatCouldNotWriteTheFileBegan() throws IOException {
        Path notAFolder = Files.writeString(folder.resolve("file"), "in the way");
        assertThatThrownBy(() -> firstStart(provider, notAFolder).complete())
                .isInstanceOf(SallyportException.class)
                .hasMessageContaining("initial-admin.json");

        assertWorks(firstStart(provider, folder.resolve("data")).complete().orElseThrow());
    }

    @Test
    void writesOverTheLeftoversOfAStartThatEndedWhileItWrote() throws IOException {
        Files.writeString(folder.resolve(".initial-admin.json.new"), "{\"adminUser\":");
        Files.writeString(folder.resolve("initial-admin.json"), "{}");

        Path file = firstStart(provider, folder).complete().orElseThrow();

        assertWorks(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private void assertWorks(Path file) throws IOException {
        JsonNode content = new ObjectMapper().readTree(Files.readString(file));
        assertThat(content.properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("adminUser", "adminPassword", "accessKeyId", "secretAccessKey");
        assertThat(content.get("adminUser").asText()).isEqualTo("admin");
        char[] password = content.get("adminPassword").asText().toCharArray();
        assertThat(provider.verifyPassword("admin", password, Instant.MAX)).isTrue();
        String keyId = content.get("accessKeyId").asText();
        Optional<byte[]> envelope =
                store.run(connection -> KeyTables.key(connection, keyId)).map(KeyTables.StoredKey::secret);
        assertThat(secrets.open("access_keys/" + keyId, envelope.orElseThrow()))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(content.get("secretAccessKey").asText());
    }

    private int count(String sql) {
        return store.run(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getInt(1);
            }
        });
    }

    private FirstStart firstStart(IdentityProvider identities, Path data) {
        return new FirstStart(store, new KeyEnvelopes(secrets), identities, data, Clock.systemUTC());
    }
}
