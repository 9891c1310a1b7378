package org.sallyport.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessKeys.AccessKey;
import org.sallyport.api.access.AccessKeys.TemporaryCredentials;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.core.access.AccessTables.User;
import org.sallyport.core.access.KeyTables.StoredTemporary;
import org.sallyport.test.database.SettableClock;
import org.sallyport.test.stores.TestStore;

@Tag("store")
class StoredAccessKeysTest {
    private static final String NODE = "mi-0123456789abcdef0";
    private static final Instant START = Instant.parse("2026-03-01T10:00:00.123456789Z");

    private final TestStore store = TestStore.ofBundle("org.sallyport.core.access");
    private final AesSecrets secrets = new AesSecrets();
    private final SettableClock clock = new SettableClock(START);
    private final StoredAccessKeys keys =
            new StoredAccessKeys(store, secrets, new Principals("123456789012", "onprem-1"), clock);

    @BeforeEach
    void makeUser() {
        store.run(connection -> {
            AccessTables.insertUser(connection, new User("AIDABOB", "bob", "/"), START);
            return null;
        });
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void keepsTheSecretOfAnAccessKeyEnvelopedForItsRowOnly() {
        AccessKey key = keys.create("bob");

        assertThat(key.accessKeyId()).matches("AKIA[A-Z2-7]{16}");
        assertThat(key.secretAccessKey()).hasSize(40);
        byte[] stored = store.run(connection -> KeyTables.key(connection, key.accessKeyId()))
                .orElseThrow()
                .secret();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain(key.secretAccessKey());
        assertThat(secrets.open("access_keys/" + key.accessKeyId(), stored))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(key.secretAccessKey());
        assertThatThrownBy(() -> secrets.open("access_keys/AKIAOTHER", stored))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesAThirdKeyOfOneUser() {
        keys.create("bob");
        keys.create("bob");

        assertCode(() -> keys.create("bob"), AccessError.LIMIT_EXCEEDED);
    }

    @Test
    void refusesAKeyForAnUnknownUser() {
        assertCode(() -> keys.create("Bob"), AccessError.USER_UNKNOWN);
    }

    @Test
    void issuesSeveralTemporaryCredentialsForOneNodeAndKeepsOnlyTheHashOfTheToken() {
        TemporaryCredentials first = keys.issueForNode("SSMServiceRole", NODE, Duration.ofHours(1));
        TemporaryCredentials second = keys.issueForNode("SSMServiceRole", NODE, Duration.ofHours(1));

        assertThat(first.accessKeyId()).matches("ASIA[A-Z2-7]{16}").isNotEqualTo(second.accessKeyId());
        StoredTemporary stored = temporary(first);
        assertThat(stored.tokenHash()).hasSize(32).isEqualTo(KeyEnvelopes.tokenHash(first.sessionToken()));
        assertThat(stored.expires()).isEqualTo(first.expires()).isEqualTo(Instant.parse("2026-03-01T11:00:00.123Z"));
        assertThat(stored.nodeId()).isEqualTo(NODE);
        assertThat(stored.role().id()).startsWith("AROA").hasSize(21);
        assertThat(temporary(second)).isNotNull();
    }

    @Test
    void refusesLifetimesOutsideTheLimitsAndUnknownRoles() {
        assertCode(
                () -> keys.issueForNode("SSMServiceRole", NODE, Duration.ofSeconds(59)), CommonError.INVALID_ARGUMENT);
        assertCode(() -> keys.issueForNode("SSMServiceRole", NODE, Duration.ofHours(13)), CommonError.INVALID_ARGUMENT);
        assertCode(() -> keys.issueForNode("NoRole", NODE, Duration.ofHours(1)), CommonError.INVALID_ARGUMENT);
    }

    @Test
    void revokesAllCredentialsOfOneNodeAndNoOther() {
        TemporaryCredentials first = keys.issueForNode("SSMServiceRole", NODE, Duration.ofHours(1));
        TemporaryCredentials second = keys.issueForNode("SSMServiceRole", NODE, Duration.ofHours(1));
        TemporaryCredentials other = keys.issueForNode("SSMServiceRole", NODE + "0", Duration.ofHours(1));

        keys.revokeNode(NODE);

        assertThat(count(first)).isZero();
        assertThat(count(second)).isZero();
        assertThat(count(other)).isOne();
    }

    @Test
    void purgesInSmallBatchesWhatExpiredLongAgoWhenItIssues() {
        for (int i = 0; i < 30; i++) {
            keys.issueForNode("SSMServiceRole", NODE, Duration.ofSeconds(60));
        }
        clock.advance(Duration.ofMinutes(30));
        keys.issueForNode("SSMServiceRole", NODE, Duration.ofSeconds(60));
        assertThat(rows()).as("expired, still kept to say so").isEqualTo(31);

        clock.advance(Duration.ofMinutes(40));
        keys.issueForNode("SSMServiceRole", NODE, Duration.ofHours(1));
        assertThat(rows()).as("one batch of twenty less").isEqualTo(12);
        keys.issueForNode("SSMServiceRole", NODE, Duration.ofHours(1));
        assertThat(rows()).as("the rest less, the younger one kept").isEqualTo(3);
    }

    @Test
    void knowsTheBuiltInRole() {
        assertThat(keys.roleArn("SSMServiceRole"))
                .contains("arn:aws:iam::123456789012:role/service-role/SSMServiceRole");
        assertThat(keys.roleArn("ssmservicerole")).isEmpty();
    }

    @Test
    void hidesSecretsInText() {
        AccessKey key = keys.create("bob");
        TemporaryCredentials issued = keys.issueForNode("SSMServiceRole", NODE, Duration.ofHours(1));

        assertThat(key.toString()).doesNotContain(key.secretAccessKey());
        assertThat(issued.toString()).doesNotContain(issued.secretAccessKey()).doesNotContain(issued.sessionToken());
    }

    private StoredTemporary temporary(TemporaryCredentials issued) {
        return store.run(connection -> KeyTables.temporary(connection, issued.accessKeyId()))
                .orElseThrow();
    }

    private long count(TemporaryCredentials issued) {
        return store.run(connection -> KeyTables.temporary(connection, issued.accessKeyId())).stream()
                .count();
    }

    private int rows() {
        return store.run(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT COUNT(*) FROM access_temporary_credentials")) {
                rows.next();
                return rows.getInt(1);
            }
        });
    }

    private static void assertCode(ThrowingCallable call, Enum<?> code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SallyportException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
