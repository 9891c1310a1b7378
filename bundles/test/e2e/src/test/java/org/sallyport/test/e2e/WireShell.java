package org.sallyport.test.e2e;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.websocket.WebSocketConnector;
import org.sallyport.cli.session.Client;
import org.sallyport.cli.session.HttpsDialer;
import org.sallyport.cli.session.Outcome;
import org.sallyport.cli.session.ShellSession;
import org.sallyport.protocol.message.TerminalSize;

/** A shell in this process: the command line's own code over the real wire, without a terminal. */
final class WireShell implements AutoCloseable {
    private static final long WAIT_SECONDS = 60;

    private final String sessionId;
    private final HttpsDialer dialer;
    private final ShellSession session;
    private final CompletableFuture<Outcome> outcome;
    private final StringBuffer shown = new StringBuffer();

    /** @param api asked only when the connection has to be taken up again */
    WireShell(String sessionId, String token, String streamUrl, ServiceClient api, WebSocketConnector connector) {
        this.sessionId = sessionId;
        dialer = new HttpsDialer(api, connector);
        PlainScreen screen = new PlainScreen() {
            @Override
            public void output(byte[] bytes) {
                shown.append(new String(bytes, StandardCharsets.UTF_8));
            }
        };
        session = new ShellSession(sessionId, Client.first(), dialer, screen, new TerminalSize(100, 30), true);
        outcome = session.begin(token, URI.create(streamUrl));
    }

    String sessionId() {
        return sessionId;
    }

    boolean over() {
        return outcome.isDone();
    }

    /** Has the node's shell work something out. */
    void echoes(String word) throws InterruptedException {
        session.type(("echo " + word + "-$((40+2))\r").getBytes(StandardCharsets.US_ASCII));
        Awaitility.await(word + " on the screen of " + sessionId)
                .atMost(WAIT_SECONDS, TimeUnit.SECONDS)
                .until(() -> over() || shown.indexOf(word + "-42") >= 0);
        if (over()) {
            throw new AssertionError("the session ended: %s; screen:%n%s".formatted(outcome.join(), shown));
        }
    }

    Outcome awaitEnd() {
        return outcome.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        session.close();
        dialer.close();
    }
}
