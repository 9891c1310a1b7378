package org.sallyport.test.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.sallyport.channel.websocket.WebSocketConnector;
import org.sallyport.cli.session.HttpsDialer;
import org.sallyport.cli.session.Outcome;
import org.sallyport.cli.session.Screen;
import org.sallyport.cli.session.ShellSession;
import org.sallyport.protocol.message.TerminalSize;

/** A session of our command line's own code, with a hashed stream each way between this process and a program that its shell runs. */
final class StreamClient implements AutoCloseable {
    private final String label;
    private final int linesASecond;
    private final Path folder;
    private final Api.Started started;
    private final HttpsDialer https;
    private final CountingDialer dialer;
    private final ShellSession session;
    private final StreamCheck check;
    private final HashedStream input;
    private final Thread writer;
    private volatile CompletableFuture<Outcome> outcome;
    private volatile boolean finish;
    private volatile long written;
    private volatile String lastNotice = "";

    /**
     * @param linesASecond 0 for as many as are taken
     * @param folder with {@code peer.js}, and {@code progress/} that everybody may write to
     */
    StreamClient(
            String label, int linesASecond, Path folder, Api.Started started, Api api, WebSocketConnector connector) {
        this.label = label;
        this.linesASecond = linesASecond;
        this.folder = folder;
        this.started = started;
        this.check = StreamCheck.ofTerminal(label);
        this.input = new HashedStream(label, "in");
        this.https = new HttpsDialer(api.client(), connector);
        this.dialer = new CountingDialer(https);
        this.session = new ShellSession(started.sessionId(), dialer, new CheckingScreen(), new TerminalSize(120, 40));
        this.writer = new Thread(this::write, "chaos-writer-" + label);
        writer.setDaemon(true);
    }

    /** Opens the session and starts the node's program. */
    void begin() throws InterruptedException {
        outcome = session.begin(started.token(), started.streamUrl());
        String command = "stty raw -echo; node %s/peer.js %s %d %s/progress/%s; stty sane; exit\r"
                .formatted(folder, label, linesASecond, folder, label);
        session.type(command.getBytes(StandardCharsets.US_ASCII));
    }

    /** Starts this end's stream; after {@link StreamCheck#begun}, or the terminal would echo it. */
    void stream() {
        writer.start();
    }

    /** Ends this end's stream after the line under way; the node's end follows, then the shell. */
    void finish() {
        finish = true;
    }

    String sessionId() {
        return started.sessionId();
    }

    StreamCheck check() {
        return check;
    }

    CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    int reconnects() {
        return dialer.dials() - 1;
    }

    long written() {
        return written;
    }

    /** For a person who asks why it does not go on. */
    String state() throws IOException {
        Path progress = folder.resolve("progress").resolve(label);
        return "%s %s: got %d lines, wrote %d bytes, %d reconnects, outcome %s, node: %s, fault: %s %s, last notice: %s"
                .formatted(
                        label,
                        sessionId(),
                        check.lines(),
                        written,
                        reconnects(),
                        outcome.isDone() ? outcome.join() : "open",
                        Files.exists(progress) ? Files.readString(progress).strip() : "nothing",
                        check.fault(),
                        check.verdict(),
                        lastNotice);
    }

    private void write() {
        try {
            while (!finish && !outcome.isDone()) {
                byte[] line = input.peek();
                input.advance(line);
                session.type(line);
                written += line.length;
                if (linesASecond > 0) {
                    TimeUnit.MICROSECONDS.sleep(1_000_000 / linesASecond);
                }
            }
            session.type("END %d %s\n".formatted(input.lines(), input.digest()).getBytes(StandardCharsets.US_ASCII));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        writer.interrupt();
        session.close();
        https.close();
    }

    private final class CheckingScreen implements Screen {
        @Override
        public void output(byte[] bytes) {
            check.feed(bytes);
        }

        @Override
        public void error(byte[] bytes) {
            check.feed(bytes);
        }

        @Override
        public void notice(String text) {
            lastNotice = text;
        }
    }
}
