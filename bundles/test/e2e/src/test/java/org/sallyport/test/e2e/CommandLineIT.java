package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Session;
import software.amazon.awssdk.services.ssm.model.SessionState;
import software.amazon.awssdk.services.ssm.model.SessionStatus;

/** Our command line under a pseudo-terminal, through server, relay and agent, to a real shell. */
@ExtendWith(LiveSystemExtension.class)
class CommandLineIT {
    private static final Pattern SESSION_ID = Pattern.compile("SessionId: (\\S+)");

    @Test
    void theShellCalculatesAndEndsWithItsCause(LiveSystem live) throws Exception {
        try (PtyProgram shell = PtyProgram.shell(live, "--reason", "end to end")) {
            shell.awaitText("$");
            // A shell that asks for bracketed paste writes a control sequence before its first output.
            shell.type("echo is-$((6*7))\r");
            shell.awaitText("is-42\r");
            String id = sessionId(shell);

            shell.type("exit\r");

            assertThat(shell.exitStatus()).isZero();
            Session session = ended(live, id);
            assertThat(session.target()).isEqualTo(live.nodeId());
            assertThat(session.reason()).isEqualTo("end to end");
            assertThat(session.owner()).endsWith(":user/" + live.get("adminUser"));
            assertThat(session.details()).contains("EXITED");
        }
    }

    @Test
    void theShellFollowsTheWindow(LiveSystem live) throws Exception {
        try (PtyProgram shell = PtyProgram.shell(live)) {
            shell.awaitText("$");
            shell.type("stty size\r");
            shell.awaitText("30 100\r");

            shell.resize(133, 47);
            shell.mark();
            Awaitility.await("the new size").atMost(30, TimeUnit.SECONDS).until(() -> {
                shell.type("stty size\r");
                shell.awaitText("$");
                return shell.screen().contains("47 133");
            });

            shell.type("exit\r");
            assertThat(shell.exitStatus()).isZero();
        }
    }

    @Test
    void controlCReachesTheProgramOnTheNode(LiveSystem live) throws Exception {
        try (PtyProgram shell = PtyProgram.shell(live)) {
            shell.awaitText("$");
            shell.type("sleep 1000; echo after-$?\r");
            shell.awaitText("sleep 1000");
            shell.mark();

            shell.type("\u0003");

            shell.awaitText("$");
            shell.type("echo still-$((1+1))\r");
            shell.awaitText("still-2");
            shell.type("exit\r");
            assertThat(shell.exitStatus()).isIn(0);
        }
    }

    @Test
    void terminateFromElsewhereEndsItAndSaysSo(LiveSystem live) throws Exception {
        try (PtyProgram shell = PtyProgram.shell(live);
                SsmClient ssm = Clients.ssm(live)) {
            shell.awaitText("$");
            String id = sessionId(shell);

            ssm.terminateSession(request -> request.sessionId(id));

            assertThat(shell.exitStatus()).as(shell.screen()).isIn(0, 3);
            assertThat(ended(live, id).status()).isEqualTo(SessionStatus.TERMINATED);
        }
    }

    @Test
    void theShellOfARootAgentIsNotRoot(LiveSystem live) throws Exception {
        try (PtyProgram shell = PtyProgram.shell(live)) {
            shell.awaitText("$");
            shell.type("echo user-is-$(id -un) secret-is-${AWS_SECRET_ACCESS_KEY:-unset}\r");
            boolean root = "root".equals(System.getProperty("user.name"));
            shell.awaitText("user-is-" + (root ? "ssm-user" : System.getProperty("user.name")));
            assertThat(shell.screen()).contains("secret-is-unset");
            shell.type("exit\r");
            assertThat(shell.exitStatus()).isZero();
        }
    }

    @Test
    void leavingWithTildeDotEndsTheSession(LiveSystem live) throws Exception {
        try (PtyProgram shell = PtyProgram.shell(live)) {
            shell.awaitText("$");
            String id = sessionId(shell);

            shell.type("\r~.");

            assertThat(shell.exitStatus()).isEqualTo(4);
            assertThat(ended(live, id).status()).isEqualTo(SessionStatus.TERMINATED);
        }
    }

    static String sessionId(PtyProgram shell) {
        Matcher matcher = SESSION_ID.matcher(shell.screen());
        assertThat(matcher.find()).as(shell.screen()).isTrue();
        return matcher.group(1);
    }

    static Session ended(LiveSystem live, String id) {
        try (SsmClient ssm = Clients.ssm(live)) {
            return Awaitility.await("the end of " + id)
                    .atMost(30, TimeUnit.SECONDS)
                    .until(
                            () -> ssm
                                    .describeSessionsPaginator(request ->
                                            request.state(SessionState.HISTORY).maxResults(50))
                                    .sessions()
                                    .stream()
                                    .filter(session -> session.sessionId().equals(id))
                                    .findFirst()
                                    .orElse(null),
                            session -> session != null);
        }
    }
}
