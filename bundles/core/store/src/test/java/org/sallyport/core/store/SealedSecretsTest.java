package org.sallyport.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

@Tag("store")
class SealedSecretsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final byte[] SECRET = "the secret".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private OpenedStore store;

    @BeforeEach
    void open() {
        store = OpenedStore.fresh(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void opensAfterARestart() {
        byte[] envelope = secrets(NOW).seal("keys/1", SECRET);

        assertThat(envelope.length - SECRET.length).isLessThanOrEqualTo(128);
        assertThat(new String(envelope, StandardCharsets.ISO_8859_1)).doesNotContain("the secret");
        assertThat(secrets(NOW).open("keys/1", envelope)).isEqualTo(SECRET);
    }

    @Test
    void anEnvelopeBelongsToItsRowAndToEachOfItsBytes() {
        SealedSecrets secrets = secrets(NOW);
        byte[] envelope = secrets.seal("keys/1", SECRET);

        refused(secrets, "keys/2", envelope);
        refused(secrets, "keys/1", new byte[0]);
        refused(secrets, "keys/1", new byte[Envelope.OVERHEAD]);
        for (int i = 0; i < envelope.length; i++) {
            byte[] changed = envelope.clone();
            changed[i] ^= 1;
            refused(secrets, "keys/1", changed);
        }
    }

    @Test
    void anEnvelopeDoesNotMoveToAnotherDataKey() {
        SealedSecrets secrets = secrets(NOW);
        byte[] envelope = secrets.seal("keys/1", SECRET);
        secrets.rotate();

        envelope[8] = 2;

        refused(secrets, "keys/1", envelope);
    }

    @Test
    void theNewestDataKeySealsAndAllOpenWhileServing() throws Exception {
        SealedSecrets serving = secrets(NOW);
        SealedSecrets otherServer = secrets(NOW);
        byte[] old = serving.seal("keys/1", SECRET);

        serving.rotate();
        byte[] fresh = serving.seal("keys/1", SECRET);

        assertThat(Envelope.keyId(old)).isEqualTo(1);
        assertThat(Envelope.keyId(fresh)).isEqualTo(2);
        assertThat(serving.open("keys/1", old)).isEqualTo(SECRET);
        assertThat(otherServer.open("keys/1", fresh)).isEqualTo(SECRET);
    }

    @Test
    void rotatesOnlyWhenTheNewestKeyIsTooOld() throws Exception {
        secrets(NOW);
        SealedSecrets soon = secrets(NOW.plus(Duration.ofDays(89)));
        soon.rotateIfOlderThan(Duration.ofDays(90));
        assertThat(Envelope.keyId(soon.seal("row", SECRET))).isEqualTo(1);

        SealedSecrets late = secrets(NOW.plus(Duration.ofDays(91)));
        late.rotateIfOlderThan(Duration.ofDays(90));

        assertThat(Envelope.keyId(late.seal("row", SECRET))).isEqualTo(2);
    }

    @Test
    void theMasterKeyIsForItsOwnerOnlyAndLeavesNoTemporaryFile() throws Exception {
        secrets(NOW);

        Path file = folder.resolve("master.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            // the folder of an embedded database is beside it
            assertThat(files.map(f -> f.getFileName().toString()).filter(name -> !name.equals("store")))
                    .containsExactly("master.key");
        }
    }

    @Test
    void aMasterKeyThatOthersCanReadIsRefused() throws Exception {
        secrets(NOW);
        for (String mode : new String[] {"rw-r-----", "rw----r--", "rw--w----", "rwx------"}) {
            Files.setPosixFilePermissions(folder.resolve("master.key"), PosixFilePermissions.fromString(mode));

            assertThatThrownBy(() -> secrets(NOW))
                    .hasMessageContaining("chmod 600")
                    .hasMessageContaining(mode);
        }
    }

    @Test
    void aLostOrForeignOrDamagedMasterKeyIsRefusedAndNotReplaced() throws Exception {
        secrets(NOW);
        Path file = folder.resolve("master.key");
        String right = Files.readString(file);

        Files.delete(file);
        assertThatThrownBy(() -> secrets(NOW)).hasMessageContaining("restore the file");
        assertThat(file).doesNotExist();

        MasterKey.create(folder, new java.security.SecureRandom());
        assertThatThrownBy(() -> secrets(NOW)).hasMessageContaining("is not the one");

        Files.writeString(file, right.substring(0, right.length() - 20));
        assertThatThrownBy(() -> secrets(NOW)).isInstanceOf(SallyportException.class);

        Files.writeString(file, right);
        assertThat(secrets(NOW)).isNotNull();
    }

    private SealedSecrets secrets(Instant now) {
        return SealedSecrets.open(store.transactions, folder, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static void refused(SealedSecrets secrets, String row, byte[] envelope) {
        assertThatThrownBy(() -> secrets.open(row, envelope))
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(CommonError.INTERNAL))
                .hasMessageContaining(row);
    }
}
