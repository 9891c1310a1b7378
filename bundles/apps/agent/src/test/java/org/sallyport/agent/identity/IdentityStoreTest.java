package org.sallyport.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityStoreTest {
    @TempDir
    Path parent;

    private IdentityStore store;

    @BeforeEach
    void place() {
        store = new IdentityStore(parent.resolve("agent"));
    }

    @Test
    void nothingIsThereAtFirst() throws IOException {
        assertThat(store.load()).isEmpty();
    }

    @Test
    void keepsARegistrationThatOnlyItsOwnerCanRead() throws Exception {
        Identity identity = identity("mi-1");

        store.save(identity);

        assertThat(store.load()).contains(identity);
        assertThat(mode(store.file())).isEqualTo("rw-------");
        assertThat(mode(store.file().getParent())).isEqualTo("rwx------");
    }

    @Test
    void aNewOneReplacesTheOldOneWholeAndLeavesNothingBehind() throws Exception {
        store.save(identity("mi-1"));
        Identity second = identity("mi-2");

        store.save(second);

        assertThat(store.load()).contains(second);
        assertThat(parent.resolve("agent")).isDirectoryContaining("glob:**identity.json");
        assertThat(Files.list(parent.resolve("agent"))).hasSize(1);
    }

    @Test
    void whatASaveThatWasCutOffLeftDoesNotMatter() throws Exception {
        Identity first = identity("mi-1");
        store.save(first);
        Files.writeString(store.file().resolveSibling("identity.json.new"), "{\"nodeId\":");

        assertThat(store.load()).contains(first);
        store.save(identity("mi-2"));

        assertThat(store.load()).map(Identity::nodeId).contains("mi-2");
    }

    @Test
    void aKeyThatOthersCanReadIsRefused() throws Exception {
        store.save(identity("mi-1"));
        Files.setPosixFilePermissions(store.file(), PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(store::load).isInstanceOf(IOException.class).hasMessageContaining("chmod 600");
    }

    @Test
    void aFileThatIsNoRegistrationSaysWhatToDo() throws Exception {
        store.save(identity("mi-1"));
        Files.writeString(store.file(), "{\"format\":1}");

        assertThatThrownBy(store::load).isInstanceOf(IOException.class).hasMessageContaining("--replace");
    }

    @Test
    void authoritiesThatWereIntroducedAreKeptOnceBesideTheOthers() throws Exception {
        Identity first = identity("mi-1");
        store.save(first);
        LearnedAuthorities learned = new LearnedAuthorities(store);

        learned.accept("NEXT\n");
        learned.accept("NEXT\n");

        Identity kept = store.load().orElseThrow();
        assertThat(kept.caPem()).isEqualTo(first.caPem() + "\nNEXT\n");
        assertThat(kept.privateKey()).isEqualTo(first.privateKey());
        assertThat(mode(store.file())).isEqualTo("rw-------");
    }

    @Test
    void aNodeThatIsNotRegisteredKeepsNothing() throws Exception {
        new LearnedAuthorities(store).accept("NEXT\n");

        assertThat(store.load()).isEmpty();
    }

    @Test
    void theKeyIsNotInTheText() throws Exception {
        assertThat(identity("mi-1").toString()).contains("mi-1").doesNotContain("RSA");
    }

    private static Identity identity(String nodeId) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        PrivateKey key = generator.generateKeyPair().getPrivate();
        return new Identity(
                nodeId,
                URI.create("https://server:8443"),
                URI.create("https://server:8444"),
                "onprem-1",
                UUID.randomUUID(),
                "PEM",
                key);
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
