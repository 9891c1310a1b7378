package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CreateActivationResponse;

/** The unmodified amazon-ssm-agent is a node: it registers, is connected, and gives shells to our command line and to AWS's. */
@Tag("long")
@ExtendWith(LiveSystemExtension.class)
class AmazonAgentIT {

    @Test
    void givesAShellToOurCommandLineAndToTheRealPlugin(LiveSystem live) throws Exception {
        try (SsmClient ssm = Clients.ssm(live);
                AmazonAgent agent = start(live, ssm)) {
            try (PtyProgram shell = PtyProgram.start(
                    live.clientEnvironment(),
                    LiveSystem.program("cli/bin/sallyport").toString(),
                    "start-session",
                    "--target",
                    agent.nodeId())) {
                use(shell, "ours");
                assertThat(shell.exitStatus()).as(shell.screen()).isZero();
                assertThat(CommandLineIT.ended(live, CommandLineIT.sessionId(shell))
                                .details())
                        .startsWith("EXITED");
            }

            Peers.assumeOnPath("aws");
            Path peers = Peers.folder("session-manager-plugin");
            Map<String, String> environment = new HashMap<>(live.clientEnvironment());
            environment.put("PATH", peers + File.pathSeparator + System.getenv("PATH"));
            try (PtyProgram shell =
                    PtyProgram.start(environment, "aws", "ssm", "start-session", "--target", agent.nodeId())) {
                use(shell, "plugin");
                shell.awaitText("Exiting session with sessionId");
                assertThat(shell.exitStatus()).isZero();
            }

            assertThat(agent.errors()).isEmpty();
        }
    }

    private static AmazonAgent start(LiveSystem live, SsmClient ssm) throws Exception {
        Peers.folder("amazon-ssm-agent");
        CreateActivationResponse activation = ssm.createActivation(request -> request.iamRole("SSMServiceRole"));
        AmazonAgent.Place place = new AmazonAgent.Place(
                LiveSystem.work("amazon-agent"),
                Path.of(live.get("ca")),
                live.api().getAuthority(),
                live.channel().getAuthority(),
                live.get("region"));
        return AmazonAgent.start(
                place, activation.activationId(), activation.activationCode(), nodeId -> ssm.getConnectionStatus(
                                request -> request.target(nodeId))
                        .statusAsString()
                        .equals("connected"));
    }

    private static void use(PtyProgram shell, String who) throws Exception {
        shell.awaitText("$");
        shell.type("echo " + who + "-$((6*7)) $(id -un)\r");
        shell.awaitText(who + "-42 ssm-user");
        shell.resize(121, 41);
        shell.type("sleep 1; stty size\r");
        shell.awaitText("41 121");
        shell.type("exit\r");
    }
}
