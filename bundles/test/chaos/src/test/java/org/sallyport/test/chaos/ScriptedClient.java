package org.sallyport.test.chaos;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.sallyport.channel.websocket.WebSocketConnector;
import org.sallyport.cli.session.Client;
import org.sallyport.cli.session.HttpsDialer;
import org.sallyport.cli.session.Outcome;
import org.sallyport.cli.session.ShellSession;
import org.sallyport.protocol.message.TerminalSize;
import org.sallyport.test.e2e.PlainScreen;

/** A session of our command line's own code that a test types into and reads; its screen can be stopped, as by Ctrl-S. */
final class ScriptedClient implements AutoCloseable {
    private static final int TAIL = 16 * 1024;
    private static final long WAIT_SECONDS = 60;

    private final String sessionId;
    private final HttpsDialer dialer;
    private final ShellSession session;
    private final CompletableFuture<Outcome> outcome;
    private final TailScreen screen = new TailScreen();

    ScriptedClient(Api.Started started, Api api, WebSocketConnector connector) {
        sessionId = started.sessionId();
        dialer = new HttpsDialer(api.client(), connector);
        session = new ShellSession(sessionId, Client.first(), dialer, screen, new TerminalSize(100, 30), true);
        outcome = session.begin(started.token(), started.streamUrl());
    }

    String sessionId() {
        return sessionId;
    }

    /** Blocks while the node does not take it. */
    void type(String keys) throws InterruptedException {
        session.type(keys.getBytes(StandardCharsets.UTF_8));
    }

    void type(byte[] keys) throws InterruptedException {
        session.type(keys);
    }

    /** Waits until the last 16 KiB of the screen hold the text. */
    void awaitText(String text) {
        Awaitility.await("'" + text + "' in " + sessionId)
                .atMost(WAIT_SECONDS, TimeUnit.SECONDS)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(() -> screen.tail().contains(text));
    }

    String tail() {
        return screen.tail();
    }

    long received() {
        return screen.received();
    }

    /** The screen takes nothing more, and so nothing is acknowledged. */
    void stall() {
        screen.stalled(true);
    }

    void release() {
        screen.stalled(false);
    }

    Outcome ended() throws Exception {
        return outcome.get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    boolean open() {
        return !outcome.isDone();
    }

    @Override
    public void close() {
        release();
        session.close();
        dialer.close();
    }

    private static final class TailScreen extends PlainScreen {
        private final StringBuilder text = new StringBuilder();
        private boolean stalled;
        private long received;

        @Override
        public synchronized void output(byte[] bytes) {
            try {
                while (stalled) {
                    wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            received += bytes.length;
            text.append(new String(bytes, StandardCharsets.UTF_8));
            if (text.length() > 2 * TAIL) {
                text.delete(0, text.length() - TAIL);
            }
        }

        synchronized void stalled(boolean now) {
            stalled = now;
            notifyAll();
        }

        synchronized String tail() {
            return text.toString();
        }

        synchronized long received() {
            return received;
        }
    }
}
