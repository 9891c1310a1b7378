package org.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sallyport.cli.session.Client;
import org.sallyport.cli.session.Outcome;
import org.sallyport.cli.session.ShellSession;
import org.sallyport.cli.session.TestNode;
import org.sallyport.cli.session.TestScreen;
import org.sallyport.protocol.message.TerminalSize;

@Timeout(60)
class KeyboardTest {
    private final TestNode node = new TestNode();
    private final ShellSession session =
            new ShellSession("s-1", Client.first(), node, new TestScreen(), new TerminalSize(90, 30), true);
    private final CompletableFuture<Outcome> end =
            session.begin("token-0", URI.create("wss://server.example/v1/data-channel/s-1"));

    @AfterEach
    void stop() {
        session.close();
        node.close();
    }

    @Test
    void leavesWithTheEscapeOfAPerson() throws Exception {
        new Keyboard(typed("~."), true, session, end, 20).run();

        assertThat(end.get(1, TimeUnit.SECONDS).how()).isEqualTo(Outcome.How.LEFT);
    }

    @Test
    void leavesThoughMoreWasTypedThanTheSessionHasPlaceFor() throws Exception {
        node.refuses(true);
        byte[] keys = new byte[12 * 1024 * 1024];
        Arrays.fill(keys, (byte) 'x');
        InputStream paste = new SequenceInputStream(new ByteArrayInputStream(keys), typed("\r~."));

        new Keyboard(paste, true, session, end, 20).run();

        assertThat(end.get(1, TimeUnit.SECONDS).how()).isEqualTo(Outcome.How.LEFT);
    }

    @Test
    void carriesAPipeAsItIsAndItsEndForAsLongAsTheSessionLives() throws Exception {
        Thread keyboard = new Thread(new Keyboard(typed("~.\nls\n"), false, session, end, 20));
        keyboard.start();

        await().until(() -> text().startsWith("~.\nls\n\4\4\4"));
        session.leave();

        keyboard.join(5_000);
        assertThat(keyboard.isAlive()).isFalse();
    }

    @Test
    void leavesWhenTheTerminalIsGone() throws Exception {
        InputStream gone = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Input/output error");
            }
        };

        new Keyboard(gone, true, session, end, 20).run();

        assertThat(end.get(1, TimeUnit.SECONDS).how()).isEqualTo(Outcome.How.LEFT);
    }

    private String text() {
        return new String(node.keys(), StandardCharsets.US_ASCII);
    }

    private static InputStream typed(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
}
