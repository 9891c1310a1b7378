package org.sallyport.test.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.sallyport.channel.websocket.WebSocketConnector;
import org.sallyport.cli.session.Client;
import org.sallyport.cli.session.HttpsDialer;
import org.sallyport.cli.session.Outcome;
import org.sallyport.cli.session.ShellSession;
import org.sallyport.protocol.message.TerminalSize;
import org.sallyport.test.e2e.PlainScreen;

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
    private final CheckingScreen screen = new CheckingScreen();
    private final MessageDigest shown = HashedStream.sha256();
    private final MessageDigest typed = HashedStream.sha256();

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
        this.session =
                new ShellSession(started.sessionId(), Client.first(), dialer, screen, new TerminalSize(120, 40), true);
        this.writer = new Thread(this::write, "chaos-writer-" + label);
        writer.setDaemon(true);
    }

    /** Opens the session and starts the node's program. */
    void begin() throws InterruptedException {
        outcome = session.begin(started.token(), started.streamUrl());
        String command = "stty raw -echo; node %s/peer.js %s %d %s/progress/%s; stty sane; exit\r"
                .formatted(folder, label, linesASecond, folder, label);
        type(command.getBytes(StandardCharsets.US_ASCII));
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

    /** SHA-256 of all that came; to be asked when the session is over. */
    String shown() {
        synchronized (shown) {
            return HexFormat.of().formatHex(shown.digest());
        }
    }

    /** SHA-256 of all that was typed; to be asked when the session is over. */
    String typed() {
        synchronized (typed) {
            return HexFormat.of().formatHex(typed.digest());
        }
    }

    static String digest(byte[] bytes) {
        return HexFormat.of().formatHex(HashedStream.sha256().digest(bytes));
    }

    /** For a person who asks why it does not go on. */
    String state() throws IOException {
        Path progress = folder.resolve("progress").resolve(label);
        return "%s %s: got %d lines, wrote %d bytes, %d reconnects, outcome %s, node: %s, fault: %s %s, said: %s"
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
                        screen.said());
    }

    private void type(byte[] keys) throws InterruptedException {
        synchronized (typed) {
            typed.update(keys);
        }
        session.type(keys);
    }

    private void write() {
        try {
            while (!finish && !outcome.isDone()) {
                byte[] line = input.peek();
                input.advance(line);
                type(line);
                written += line.length;
                if (linesASecond > 0) {
                    TimeUnit.MICROSECONDS.sleep(1_000_000 / linesASecond);
                }
            }
            type("END %d %s\n".formatted(input.lines(), input.digest()).getBytes(StandardCharsets.US_ASCII));
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

    private final class CheckingScreen extends PlainScreen {
        @Override
        public void output(byte[] bytes) {
            synchronized (shown) {
                shown.update(bytes);
            }
            check.feed(bytes);
        }
    }
}
