package org.sallyport.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import com.pty4j.WinSize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a real terminal and a process of its own, whose settings {@code stty} reads afterwards. */
@Timeout(120)
class LocalTerminalTest {
    private static final Pattern READY = Pattern.compile("ready (\\d+) ");

    private final StringBuffer screen = new StringBuffer();
    private PtyProcess shell;

    @AfterEach
    void stop() {
        shell.destroyForcibly();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "HUP", "INT"})
    void putsTheTerminalBackWhenTheProcessIsEnded(String signal) throws Exception {
        run("$PROBE stay; stty -a; echo over");
        String process = awaitReady();

        new ProcessBuilder("kill", "-" + signal, process).start().waitFor();

        assertCooked();
    }

    @Test
    void putsTheTerminalBackAfterAFailure() throws Exception {
        run("$PROBE throw 2>&1; stty -a; echo over");

        assertCooked();
        assertThat(screen).contains("on purpose");
    }

    @Test
    void passesControlKeysAndFollowsTheWindow() throws Exception {
        run("$PROBE key; stty -a; echo over");
        awaitText("interactive=true size=77x33;");

        shell.setWinSize(new WinSize(101, 41));
        awaitText("resized=101x41;");
        shell.getOutputStream().write(3);
        shell.getOutputStream().flush();

        awaitText("key=3;");
        assertCooked();
    }

    @Test
    void typesRawThoughTheOutputGoesIntoAPipe() throws Exception {
        run("$PROBE key | cat; stty -a; echo over");
        awaitText("interactive=true size=300x100;");

        shell.getOutputStream().write(3);
        shell.getOutputStream().flush();

        awaitText("key=3;");
        assertCooked();
    }

    @Test
    void takesTheSizeFromTheOutputThoughTheInputIsAPipe() throws Exception {
        run("echo A | $PROBE key; stty -a; echo over");

        awaitText("interactive=false size=77x33;");
        awaitText("key=65;");
        assertCooked();
    }

    @Test
    void usesWhatIsThereWithoutAnyTerminal() throws Exception {
        run("echo A | $PROBE key | cat; stty -a; echo over");

        awaitText("interactive=false size=300x100;");
        awaitText("key=65;");
    }

    private void run(String script) throws IOException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        String java = System.getProperty("java.home") + "/bin/java";
        String probe = "'%s' -XX:TieredStopAtLevel=1 -cp '%s' %s"
                .formatted(java, System.getProperty("java.class.path"), TerminalProbe.class.getName());
        // Who runs the tests in the background has made them deaf to some signals, and a shell cannot undo that.
        String[] command = {
            "/usr/bin/env", "--default-signal=HUP,INT,TERM", "/bin/sh", "-c", script.replace("$PROBE", probe)
        };
        shell = new PtyProcessBuilder(command)
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
        try (InputStream in = shell.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                screen.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // A pseudo-terminal reports its end as an error.
            screen.append("");
        }
    }

    private void awaitText(String text) {
        await("'" + text + "' on the screen")
                .atMost(60, TimeUnit.SECONDS)
                .failFast(
                        "the program ended",
                        () -> !shell.isAlive() && !screen.toString().contains(text))
                .until(() -> screen.toString().contains(text));
    }

    /** The whole line, for a terminal hands on what is there: the number may come later than the word before it. */
    private String awaitReady() {
        return await("the probe's process number")
                .atMost(60, TimeUnit.SECONDS)
                .until(
                        () -> {
                            Matcher ready = READY.matcher(screen.toString());
                            return ready.find() ? ready.group(1) : null;
                        },
                        Objects::nonNull);
    }

    private void assertCooked() {
        awaitText("over");
        assertThat(screen.toString().split("\\s+|;"))
                .contains("icanon", "isig", "echo", "icrnl", "ixon", "opost")
                .doesNotContain("-icanon", "-echo", "-opost");
    }
}
