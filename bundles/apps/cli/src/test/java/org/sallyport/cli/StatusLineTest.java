package org.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The status line with a real terminal and a process of its own. */
@Timeout(120)
class StatusLineTest {
    private final StringBuffer screen = new StringBuffer();
    private PtyProcess program;

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        program.destroyForcibly();
    }

    @Test
    void isDrawnInPlaceAndRemoved() throws Exception {
        run("xterm-256color", "exec $PROBE");
        awaitText("$ ");
        key();
        awaitText("next try in 1 s");
        // One row was made and written twice, and what the text brings along is harmless.
        assertThat(screen.toString().split("\u001b\\[L", -1)).hasSize(2);
        assertThat(screen).contains("gone?[2J; next try in 2 s").doesNotContain("\u001b[2J");
        assertThat(screen).doesNotContain("\n");

        key();
        awaitText("\u001b[M\u001b8");
        awaitText("ls");
        key();

        assertThat(program.waitFor()).isZero();
        assertThat(screen).doesNotContain("goes on");
    }

    @Test
    void isALineForEachChangeWhereNoTerminalIs() throws Exception {
        Path talk = folder.resolve("talk");
        run("xterm-256color", "exec $PROBE 2>'" + talk + "'");
        stepThrough();

        assertThat(Files.readString(talk).strip())
                .isEqualTo("[sallyport: gone?[2J; next try in 2 s]\r\n\r\n[sallyport: the session goes on]");
    }

    @Test
    void isALineForEachChangeOnATerminalThatCanDoNothing() throws Exception {
        run("dumb", "exec $PROBE");
        stepThrough();

        assertThat(screen).contains("[sallyport: the session goes on]").doesNotContain("\u001b");
    }

    private void stepThrough() throws Exception {
        awaitText("$ ");
        key();
        key();
        awaitText("ls");
        key();
        assertThat(program.waitFor()).isZero();
    }

    private void key() throws IOException {
        program.getOutputStream().write('x');
        program.getOutputStream().flush();
    }

    private void run(String term, String script) throws IOException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("TERM", term);
        String java = System.getProperty("java.home") + "/bin/java";
        String probe = "'%s' -XX:TieredStopAtLevel=1 -cp '%s' %s"
                .formatted(java, System.getProperty("java.class.path"), StatusProbe.class.getName());
        program = new PtyProcessBuilder(new String[] {"/bin/sh", "-c", script.replace("$PROBE", probe)})
                .setEnvironment(environment)
                .setInitialColumns(77)
                .setInitialRows(33)
                .start();
        Thread reader = new Thread(this::read, "test-pty-reader");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        byte[] buffer = new byte[4096];
        try (InputStream in = program.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                screen.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // A pseudo-terminal reports its end as an error.
            screen.append("");
        }
    }

    private void awaitText(String text) {
        await("'" + text + "' on the screen").atMost(60, TimeUnit.SECONDS).until(() -> screen.toString()
                .contains(text));
    }
}
