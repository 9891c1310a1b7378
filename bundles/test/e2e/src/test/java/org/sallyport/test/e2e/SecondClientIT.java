package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.StartSessionResponse;

/** A client that others wrote, the npm package ssm-session, opens a shell. */
@ExtendWith(LiveSystemExtension.class)
class SecondClientIT {

    @Test
    void theNpmPackageOpensAShell(LiveSystem live) throws Exception {
        Path folder = install();
        StartSessionResponse started;
        try (SsmClient ssm = Clients.ssm(live)) {
            started = ssm.startSession(request -> request.target(live.nodeId()).reason("second client"));
        }

        String output = run(
                folder,
                Map.of(
                        "STREAM_URL", started.streamUrl(),
                        "TOKEN_VALUE", started.tokenValue(),
                        "NODE_EXTRA_CA_CERTS", live.get("ca")),
                List.of("node", "shell.js", "echo second-$((6*7))", "stty size", "exit"));

        assertThat(output).contains("second-42").contains("33 111").contains("CHANNEL CLOSED");
        assertThat(CommandLineIT.ended(live, started.sessionId()).details()).contains("EXITED");
    }

    private static Path install() throws Exception {
        Path folder = Files.createDirectories(LiveSystem.work("second-client"));
        for (String file : List.of("package.json", "package-lock.json", "shell.js")) {
            Files.copy(Path.of(System.getProperty("sallyport.sources"), "node", file), folder.resolve(file));
        }
        run(folder, Map.of(), List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
        return folder;
    }

    private static String run(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path log = folder.resolve(command.get(0) + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(new HashMap<>(environment));
        Process process = builder.start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        String output = Files.readString(log);
        assertThat(ended).as(output).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
