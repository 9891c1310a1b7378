package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.SessionState;
import software.amazon.awssdk.services.ssm.model.SessionStatus;

/**
 * A laptop and a node that sleep: the command line, then the agent, stands still until the server has given up its connection. Within the policy
 * that costs not a byte; beyond, the session ends with its cause, and the shell with it.
 */
@Tag("long")
class SleepIT {
    private static final int LINES = 150;
    private static final Pattern LINE = Pattern.compile("line-(\\d+)-end");
    private static final long PATIENCE_SECONDS = 60;

    @Test
    void aSleepWithinThePolicyCostsNothingAndALongerOneEndsTheSessionWithItsCause() throws Exception {
        Path data = LiveSystem.work("sleep");
        Path etc = LimitsIT.shippedConfiguration(data.resolve("etc"));
        Files.writeString(
                etc.resolve("org.sallyport.adapter.transport.mina.cfg"), "ping.seconds = 1\nsilence.seconds = 3\n");
        Files.writeString(etc.resolve("org.sallyport.core.session.cfg"), "resume.window.s = 10\nnode.away.s = 10\n");
        try (LiveSystem live = LiveSystem.startWith(Map.of("SALLYPORT_ETC", etc.toString()), data);
                SsmClient ssm = Clients.ssm(live);
                Shell brief = Shell.open(live);
                Shell lasting = Shell.open(live)) {
            clients(live, ssm, brief, lasting);
            node(live, ssm, brief);
        }
    }

    private static void clients(LiveSystem live, SsmClient ssm, Shell brief, Shell lasting) throws Exception {
        brief.writeLines();
        signal("STOP", brief.process(), lasting.process());
        awaitDisconnected(ssm, brief.id());
        signal("CONT", brief.process());
        brief.assertEachLineOnce();

        assertThat(CommandLineIT.ended(live, lasting.id()).details()).startsWith("CLIENT_LOST");
        lasting.assertShellGone();
        signal("CONT", lasting.process());
        lasting.program().awaitText("did not come back within 10 seconds");
        assertThat(lasting.program().exitStatus())
                .as(lasting.program().screen())
                .isEqualTo(3);
    }

    private static void node(LiveSystem live, SsmClient ssm, Shell shell) throws Exception {
        ProcessHandle agent = live.quickstart()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("org.sallyport.agent"))
                .findFirst()
                .orElseThrow();
        shell.writeLines();
        signal("STOP", agent);
        awaitDisconnected(ssm, shell.id());
        signal("CONT", agent);
        shell.assertEachLineOnce();

        signal("STOP", agent);
        assertThat(CommandLineIT.ended(live, shell.id()).details()).startsWith("NODE_LOST");
        signal("CONT", agent);
        shell.program().awaitText("lost its connection for more than 10 seconds");
        assertThat(shell.program().exitStatus()).as(shell.program().screen()).isEqualTo(3);
        shell.assertShellGone();
    }

    private static void awaitDisconnected(SsmClient ssm, String id) {
        Awaitility.await("the server to give up a connection of " + id)
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> ssm
                        .describeSessionsPaginator(
                                request -> request.state(SessionState.ACTIVE).maxResults(50))
                        .sessions()
                        .stream()
                        .anyMatch(session ->
                                session.sessionId().equals(id) && session.status() == SessionStatus.DISCONNECTED));
    }

    private static void signal(String name, ProcessHandle... processes) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of("kill", "-" + name),
                        Stream.of(processes).map(process -> Long.toString(process.pid())))
                .toList();
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    /** A command line with a shell, whose process is on this machine, too. */
    private record Shell(PtyProgram program, String id, ProcessHandle process, ProcessHandle shell)
            implements AutoCloseable {

        static Shell open(LiveSystem live) throws Exception {
            PtyProgram program = PtyProgram.shell(live);
            program.awaitText("$");
            program.type("echo pid-$((0+$$))-of-it\r");
            Pattern pid = Pattern.compile("pid-(\\d+)-of-it");
            Awaitility.await("the shell's number")
                    .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .until(() -> pid.matcher(program.screen()).find());
            long number = pid.matcher(program.screen())
                    .results()
                    .map(found -> Long.parseLong(found.group(1)))
                    .findFirst()
                    .orElseThrow();
            return new Shell(
                    program,
                    CommandLineIT.sessionId(program),
                    ProcessHandle.of(program.pid()).orElseThrow(),
                    ProcessHandle.of(number).orElseThrow());
        }

        /** For some seconds: the sleep begins in the midst of them. */
        void writeLines() throws Exception {
            program.mark();
            program.type("i=0; while [ $i -lt " + LINES + " ]; do i=$((i+1)); echo line-$i-end; sleep 0.05; done;"
                    + " echo all-$((1+1))\r");
            program.awaitText("line-5-end");
        }

        void assertEachLineOnce() {
            program.awaitText("all-2");
            assertThat(LINE.matcher(program.screen()).results().map(found -> Integer.parseInt(found.group(1))))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, LINES).boxed().toList());
        }

        void assertShellGone() {
            Awaitility.await("the end of the shell")
                    .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .until(() -> !shell.isAlive());
        }

        @Override
        public void close() {
            program.close();
        }
    }
}
