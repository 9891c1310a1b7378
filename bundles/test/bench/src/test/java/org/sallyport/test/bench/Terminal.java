package org.sallyport.test.bench;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import com.pty4j.WinSize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A program on a pseudo-terminal whose output is read as fast as it comes, on the caller's thread. One thread. */
final class Terminal implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;
    private static final String PROMPT = "@> ";
    private static final ScheduledExecutorService WATCH = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "bench-watch");
        thread.setDaemon(true);
        return thread;
    });

    private final PtyProcess process;
    private final InputStream output;
    private final byte[] buffer = new byte[64 * 1024];
    private int at;
    private int end;
    private long received;

    private Terminal(PtyProcess process) {
        this.process = process;
        this.output = process.getInputStream();
    }

    static Terminal start(Way way) throws IOException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("TERM", "xterm-256color");
        environment.putAll(way.environment());
        List<String> command = way.command();
        PtyProcess process = new PtyProcessBuilder(command.toArray(String[]::new))
                .setEnvironment(environment)
                .setInitialColumns(100)
                .setInitialRows(30)
                .setRedirectErrorStream(true)
                .start();
        process.setWinSize(new WinSize(100, 30));
        return new Terminal(process);
    }

    /** Starts a shell that is the same on every node, whoever's it is. */
    static Terminal shell(Way way) throws IOException {
        Terminal terminal = start(way);
        terminal.await("$ ");
        // Split, so that the echo of the line is not taken for the prompt.
        terminal.type("exec env PS1='@''> ' bash --norc --noprofile\r");
        terminal.awaitPrompt();
        return terminal;
    }

    void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
    }

    void awaitPrompt() throws IOException {
        await(PROMPT);
    }

    /** Reads up to the end of the next occurrence of a text whose first character does not come again in it. */
    void await(String text) throws IOException {
        ScheduledFuture<?> patience = WATCH.schedule(process::destroyForcibly, PATIENCE_SECONDS, TimeUnit.SECONDS);
        try {
            int matched = 0;
            while (matched < text.length()) {
                byte next = next(text);
                if (next == text.charAt(matched)) {
                    matched++;
                } else {
                    matched = next == text.charAt(0) ? 1 : 0;
                }
            }
        } finally {
            patience.cancel(false);
        }
    }

    /** Reads and forgets, until that many bytes have come in all. */
    void skipTo(long bytes) throws IOException {
        ScheduledFuture<?> patience = WATCH.schedule(process::destroyForcibly, PATIENCE_SECONDS, TimeUnit.SECONDS);
        try {
            while (received() < bytes) {
                next("more");
            }
        } finally {
            patience.cancel(false);
        }
    }

    /** Reads to the program's end. */
    int awaitEnd() throws IOException, InterruptedException {
        ScheduledFuture<?> patience = WATCH.schedule(process::destroyForcibly, PATIENCE_SECONDS, TimeUnit.SECONDS);
        try {
            while (fill()) {
                at = end;
            }
            return process.waitFor();
        } finally {
            patience.cancel(false);
        }
    }

    /** Bytes read so far. */
    long received() {
        return received - (end - at);
    }

    ProcessHandle handle() {
        return ProcessHandle.of(process.pid()).orElseThrow();
    }

    private byte next(String wanted) throws IOException {
        if (at == end && !fill()) {
            throw new IOException("The program ended, or was ended after %d s, before it showed '%s'. Last: %s"
                    .formatted(
                            PATIENCE_SECONDS,
                            wanted,
                            new String(buffer, 0, Math.min(end, 2000), StandardCharsets.UTF_8)));
        }
        return buffer[at++];
    }

    private boolean fill() {
        try {
            int length = output.read(buffer);
            if (length < 0) {
                return false;
            }
            at = 0;
            end = length;
            received += length;
            return true;
        } catch (IOException e) {
            return false; // how a pseudo-terminal tells its end
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
