package org.sallyport.agent.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.agent.identity.Identity;
import org.sallyport.agent.identity.IdentityKeeper;
import org.sallyport.agent.identity.IdentityStore;
import org.sallyport.agent.identity.NodeKeyPairs;
import org.sallyport.agent.testing.TestServer;
import org.sallyport.agent.testing.TestServer.KeyChange;
import org.sallyport.channel.api.ServiceException;

class NodeKeyTest {
    @TempDir
    Path folder;

    private final KeyPair first = NodeKeyPairs.fresh();
    private TestServer server;
    private IdentityStore store;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer();
        server.trust(first.getPublic());
        store = new IdentityStore(folder.resolve("data"));
        store.save(new Identity(
                TestServer.NODE,
                server.url(),
                server.url(),
                TestServer.REGION,
                UUID.randomUUID(),
                server.tls().pem(),
                first.getPrivate()));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aKeyIsChangedWhenTheServerAsksAndIsUsedFromThenOn() throws Exception {
        server.onKeyChange(KeyChange.TAKEN);
        ask(store);

        assertThat(server.nodeKey()).isNotEqualTo(first.getPublic());
        server.onKeyChange(KeyChange.NOT_WANTED);
        ask(store);
        Identity kept = store.load().orElseThrow();
        assertThat(kept.privateKey()).isNotEqualTo(first.getPrivate());
        assertThat(kept.nextKey()).isEmpty();
    }

    @Test
    void anAnswerThatWasLostLeavesBothKeysAndTheNextStartFindsTheRightOne() throws Exception {
        server.onKeyChange(KeyChange.TAKEN_IN_SILENCE);
        ask(store);
        Identity between = store.load().orElseThrow();
        assertThat(between.privateKey()).isEqualTo(first.getPrivate());
        assertThat(between.nextKey()).isPresent();

        server.onKeyChange(KeyChange.NOT_WANTED);
        ask(store);

        Identity kept = store.load().orElseThrow();
        assertThat(kept.privateKey()).isEqualTo(between.nextKey().orElseThrow());
        assertThat(kept.nextKey()).isEmpty();
    }

    @Test
    void aRefusedKeyIsForgotten() throws Exception {
        server.onKeyChange(KeyChange.REFUSED);
        NodeKey key = new NodeKey(store.load().orElseThrow(), api(), store);
        key.request();
        server.onKeyChange(KeyChange.NOT_WANTED);

        key.request();

        assertThat(server.nodeKey()).isEqualTo(first.getPublic());
        assertThat(store.load().orElseThrow().nextKey()).isEmpty();
    }

    @Test
    void onAFullDiskTheServerNeverHearsOfAKeyThatCouldBeLost() throws Exception {
        server.onKeyChange(KeyChange.TAKEN);
        PublicKey before = server.nodeKey();

        ask(change -> {
            throw new IOException("No space left on device");
        });

        assertThat(server.nodeKey()).isEqualTo(before);
        assertThat(server.roleTokens()).isEqualTo(1);
    }

    @Test
    void aNodeThatIsUnknownWithBothKeysIsRefused() throws Exception {
        server.trust(NodeKeyPairs.fresh().getPublic());
        store.change(kept -> kept.keyed(
                kept.privateKey(), java.util.Optional.of(NodeKeyPairs.fresh().getPrivate())));

        assertThatThrownBy(() -> ask(store)).isInstanceOf(ServiceException.class);
        assertThat(store.load().orElseThrow().nextKey()).isPresent();
    }

    private void ask(IdentityKeeper keeper) throws IOException {
        new NodeKey(store.load().orElseThrow(), api(), keeper).request();
    }

    private NodeApi api() throws IOException {
        return new NodeApi(store.load().orElseThrow(), () -> {
            throw new IllegalStateException("nothing here is signed by the role");
        });
    }
}
