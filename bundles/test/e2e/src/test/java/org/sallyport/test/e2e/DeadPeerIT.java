package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that stands still, so that its connections are open and nothing comes over them: what a dead link looks like. */
@Tag("long")
class DeadPeerIT {

    @Test
    void isShownToThePersonAndCostsNoKeyAndCanBeLeft() throws Exception {
        try (LiveSystem live = LiveSystem.start(LiveSystem.work("dead-peer"));
                PtyProgram shell = PtyProgram.shell(live)) {
            ProcessHandle server = server(live);
            shell.awaitText("$");
            shell.mark();

            signal("STOP", server);
            try {
                shell.type("echo kept-$((40+2))-");
                shell.awaitText("no connection to the server since");
                shell.awaitText("Enter ~. leaves");
                shell.type("once\r");
            } finally {
                signal("CONT", server);
            }

            shell.awaitText("kept-42-once");
            assertThat(shell.screen().split("kept-42-once", -1)).hasSize(2);
            shell.mark();
            signal("STOP", server);
            try {
                shell.type("x");
                shell.awaitText("no connection to the server since");
                shell.type("\r~.");
                assertThat(shell.exitStatus()).as(shell.screen()).isEqualTo(4);
            } finally {
                signal("CONT", server);
            }
            assertThat(shell.screen()).contains("was left");
        }
    }

    private static ProcessHandle server(LiveSystem live) {
        return live.quickstart()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("felix-main"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no server among the processes of the quickstart"));
    }

    private static void signal(String name, ProcessHandle process) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }
}
