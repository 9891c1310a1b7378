package org.sallyport.test.e2e;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import com.pty4j.WinSize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A program under a pseudo-terminal, as a person would run it. */
public final class PtyProgram implements AutoCloseable {
    private static final long WAIT_SECONDS = 60;

    private final PtyProcess process;
    private final StringBuffer screen = new StringBuffer();

    private PtyProgram(PtyProcess process) {
        this.process = process;
    }

    public static PtyProgram start(Map<String, String> environment, String... command) throws IOException {
        Map<String, String> all = new HashMap<>(System.getenv());
        all.put("TERM", "xterm-256color");
        all.putAll(environment);
        PtyProcess process = new PtyProcessBuilder(command)
                .setEnvironment(all)
                .setInitialColumns(100)
                .setInitialRows(30)
                .setRedirectErrorStream(true)
                .start();
        PtyProgram program = new PtyProgram(process);
        Thread reader = new Thread(program::read, "e2e-pty-reader");
        reader.setDaemon(true);
        reader.start();
        return program;
    }

    public static PtyProgram shell(LiveSystem live, String... more) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of(
                LiveSystem.program("cli/bin/sallyport").toString(), "start-session", "--target", live.nodeId()));
        command.addAll(List.of(more));
        return start(live.clientEnvironment(), command.toArray(String[]::new));
    }

    public void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    public void resize(int columns, int rows) {
        process.setWinSize(new WinSize(columns, rows));
    }

    /** Waits until the screen shows the text, counted from {@link #mark} when it was called. */
    public void awaitText(String text) {
        try {
            Awaitility.await("'" + text + "' on the screen")
                    .atMost(WAIT_SECONDS, TimeUnit.SECONDS)
                    .failFast(
                            "the program ended; screen:\n" + screen,
                            () -> !process.isAlive() && !screen.toString().contains(text))
                    .until(() -> screen.toString().contains(text));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("no '" + text + "' on the screen:\n" + screen, e);
        }
    }

    /** Forgets what was shown until now. */
    public void mark() {
        screen.setLength(0);
    }

    public String screen() {
        return screen.toString();
    }

    /** Waits for the program's end. */
    public int exitStatus() throws InterruptedException {
        if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running; screen:\n" + screen);
        }
        return process.exitValue();
    }

    public long pid() {
        return process.pid();
    }

    private void read() {
        byte[] buffer = new byte[8192];
        try (InputStream in = process.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                screen.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // A pseudo-terminal reports its end as an error.
            screen.append("");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
