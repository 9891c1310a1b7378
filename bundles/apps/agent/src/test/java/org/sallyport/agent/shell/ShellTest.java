package org.sallyport.agent.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.agent.testing.TestProcesses;
import org.sallyport.protocol.message.TerminalSize;

/** On real pseudo-terminals; as root with the account {@code ssm-user}, else as oneself. */
@Timeout(180)
class ShellTest {
    private static final TerminalSize SIZE = new TerminalSize(91, 33);
    private static final Duration GRACE = Duration.ofMillis(300);

    @TempDir
    static Path natives;

    private final ShellAccount accounts = ShellAccount.ofThisMachine();
    private final RecordedShell seen = new RecordedShell();
    private Shell shell;

    @BeforeAll
    static void keepNativeCodeApart() throws Exception {
        NativeLibraries.unpackInto(natives);
    }

    @AfterEach
    void end() throws InterruptedException {
        if (shell != null) {
            shell.end();
            seen.awaitEnd();
        }
    }

    @Test
    void runsWhatIsTypedAndHasItsSizeFromTheBeginning() throws Exception {
        start();

        type("echo $((6*7))-$(stty size)\n");

        seen.awaitText("42-33 91");
    }

    @Test
    void followsANewSize() throws Exception {
        start();

        shell.resize(new TerminalSize(100, 30));
        type("echo now-$(stty size)\n");

        seen.awaitText("now-30 100");
    }

    @Test
    void controlCInterruptsTheForeground() throws Exception {
        start();
        type("sh -c 'echo wait-$((1+1)); exec sleep 600'\n");
        seen.awaitText("wait-2");

        type("\u0003");
        type("echo after-$((3+4))\n");

        seen.awaitText("after-7");
    }

    @Test
    void exitEndsItAfterAllOutput() throws Exception {
        start();

        type("exec sh -c 'seq 1 20000; echo last-$((5+5))'\n");

        assertThat(seen.awaitEnd()).isTrue();
        assertThat(seen.text()).contains("20000").contains("last-10");
    }

    @Test
    void backgroundProcessesGoWithTheShellThatExits() throws Exception {
        start();
        long job = background("sleep 600");

        type("exit\n");

        assertThat(seen.awaitEnd()).isTrue();
        assertThat(TestProcesses.alive(job)).isFalse();
    }

    @Test
    void aProcessThatIgnoresTheHangUpIsKilled() throws Exception {
        start();
        long job = background("nohup sh -c 'trap \"\" HUP TERM; while :; do sleep 1; done' >/dev/null");

        shell.end();

        assertThat(seen.awaitEnd()).isTrue();
        assertThat(TestProcesses.alive(job)).isFalse();
        assertThat(TestProcesses.alive(shell.pid())).isFalse();
    }

    @Test
    void aDaemonThatKeepsTheTerminalOpenDoesNotKeepTheSession() throws Exception {
        start();
        type("setsid sh -c 'echo daemon=$$=; exec sleep 600' &\n");
        long daemon = number("daemon=(\\d+)=");

        type("exit\n");

        assertThat(seen.awaitEnd()).isTrue();
        assertThat(TestProcesses.alive(daemon))
                .as("a daemon of its own session is left alone")
                .isTrue();
        ProcessHandle.of(daemon).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void seesOnlyTheListedEnvironmentAndNoDescriptorOfTheAgent() throws Exception {
        start();

        // What the shell was given, not what the account's own profile adds to it.
        type("echo \"names=$(tr '\\0' '\\n' </proc/$$/environ | cut -d= -f1 | tr '\\n' ,)=\""
                + " \"open=$(ls /proc/self/fd | tr '\\n' ,)=\"\n");

        String names = match("names=([A-Z_,]+)=").group(1);
        assertThat(names.split(","))
                .contains("PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "LANG")
                .isSubsetOf("PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "LANG", "TZ");
        assertThat(match("open=([0-9,]+)=").group(1)).isEqualTo("0,1,2,3,");
    }

    @Test
    void belongsToTheAccountThatWasResolved() throws Exception {
        Account account = accounts.resolve();
        start();

        type("echo user=$(id -u)=$(id -g)=\n");

        seen.awaitText("user=%d=%d=".formatted(account.uid(), account.gid()));
        assertThat(account.uid()).isNotZero();
    }

    @Test
    void anotherGoesOnWithAFrozenOneAndNoByteIsLostOrDoubled() throws Exception {
        start();
        type("stty -echo; echo ready-$((1+1))\n");
        seen.awaitText("ready-2");
        type("seq 1 20000; read line; echo got-$line\n");
        seen.awaitText("\n100\r");
        Shell first = shell;

        Shell.Saved frozen = first.freeze().orElseThrow();
        // the first one goes on to own its descriptor, as it does not end with a process here
        int copy = SystemCalls.fcntl(frozen.descriptor(), SystemCalls.F_DUPFD, 3);
        Shell.Saved saved = new Shell.Saved(frozen.pid(), copy, frozen.input());
        String before = seen.text();
        RecordedShell next = new RecordedShell();
        shell = Shell.inherit(saved, GRACE, next);
        type("from-the-next\n");

        next.awaitText("got-from-the-next");
        assertThat(seen.text()).as("the first is told nothing more").isEqualTo(before);
        String all = before + next.text();
        assertThat(all)
                .contains(IntStream.rangeClosed(1, 20_000)
                        .mapToObj(n -> n + "\r\n")
                        .collect(Collectors.joining()));
        shell.end();
        assertThat(next.awaitEnd()).isTrue();
        assertThat(TestProcesses.alive(saved.pid())).isFalse();
        first.thaw();
        shell = first;
    }

    @Test
    void inputThatWasNotWrittenYetIsSavedInOrder() throws Exception {
        start();
        type("stty raw -echo; echo raw-$((2+3)); exec sleep 600\n");
        seen.awaitText("raw-5");
        byte[] block = new byte[16 * 1024];
        await().atMost(Duration.ofSeconds(20)).until(() -> !shell.write(block));

        Shell.Saved saved = shell.freeze().orElseThrow();

        assertThat(saved.input().stream().mapToInt(bytes -> bytes.length).sum()).isBetween(200 * 1024, 256 * 1024);
        shell.thaw();
        shell.end();
        assertThat(seen.awaitEnd()).isTrue();
        assertThat(shell.freeze()).isEmpty();
        shell.thaw();
    }

    @Test
    void inputThatTheShellDoesNotReadIsRefusedBeyondItsBound() throws Exception {
        start();
        type("stty raw -echo; echo raw-$((2+3)); exec sleep 600\n");
        seen.awaitText("raw-5");
        byte[] block = new byte[64 * 1024];

        await().atMost(Duration.ofSeconds(20)).until(() -> !shell.write(block));

        shell.end();
        assertThat(seen.awaitEnd()).isTrue();
    }

    private void start() throws ShellException {
        shell = Shell.start(accounts, accounts.resolve(), SIZE, GRACE, seen);
    }

    private void type(String text) {
        assertThat(shell.write(text.getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    private long background(String command) {
        type(command + " & echo job=$!=\n");
        return number("job=(\\d+)=");
    }

    private long number(String pattern) {
        return Long.parseLong(match(pattern).group(1));
    }

    private Matcher match(String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> wanted.matcher(seen.text()).find());
        Matcher matcher = wanted.matcher(seen.text());
        assertThat(matcher.find()).isTrue();
        return matcher;
    }
}
