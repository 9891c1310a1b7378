package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The AWS CLI with the real session-manager-plugin, whose folder {@code PEER_BIN} names. */
@ExtendWith(LiveSystemExtension.class)
class AwsCliIT {

    @Test
    void awsSsmStartSessionOpensAShell(LiveSystem live) throws Exception {
        Path peers = Peers.folder("session-manager-plugin");
        Peers.assumeOnPath("aws");
        Map<String, String> environment = new HashMap<>(live.clientEnvironment());
        environment.put("PATH", peers + File.pathSeparator + System.getenv("PATH"));

        try (PtyProgram shell =
                PtyProgram.start(environment, "aws", "ssm", "start-session", "--target", live.nodeId())) {
            shell.awaitText("$");
            shell.type("echo plugin-$((6*7))\r");
            shell.awaitText("plugin-42");
            shell.resize(121, 41);
            shell.type("sleep 1; stty size\r");
            shell.awaitText("41 121");
            shell.type("exit\r");

            shell.awaitText("Exiting session with sessionId");
            assertThat(shell.exitStatus()).isZero();
        }
    }
}
