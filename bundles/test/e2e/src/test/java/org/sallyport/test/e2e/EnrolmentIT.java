package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A machine with nothing becomes a node with the line that the command line shows: package, line, install, registration, shell, again, under which the
 * shell goes on, and removed.
 * What is refused is in {@code LineTest} of front/enrol.
 */
@Tag("long")
@ExtendWith(LiveSystemExtension.class)
class EnrolmentIT {
    @TempDir
    Path folder;

    private Process agent;

    private record Ran(int status, String text) {}

    @AfterEach
    void stop() throws InterruptedException {
        if (agent != null) {
            agent.destroy();
            agent.waitFor(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void oneLineMakesANodeAndAgainUpgradesItAndItCanBeRemoved(LiveSystem live) throws Exception {
        pack();
        Path prefix = folder.resolve("machine");
        Map<String, String> made = activation(live);

        Ran ran = run(made.get("line") + " --no-service --prefix " + prefix, made.get("code") + "\n");

        assertThat(ran.status()).as(ran.text()).isZero();
        assertThat(ran.text()).contains("Registered as mi-");
        String node = ran.text().replaceAll("(?s).*Registered as (mi-\\S+).*", "$1");
        start(prefix);
        try (PtyProgram shell = PtyProgram.start(
                live.clientEnvironment(),
                LiveSystem.program("cli/bin/sallyport").toString(),
                "start-session",
                "--target",
                awaitOnline(live, node))) {
            shell.awaitText("$");
            shell.type("kept=here; echo enrolled-$((40+2))\r");
            shell.awaitText("enrolled-42");
            assertThat(Files.exists(prefix.resolve("data/native")))
                    .as("nothing is unpacked at run time")
                    .isFalse();
            assertThat(run(
                                    prefix.resolve("current/bin/sallyport-agent") + " check --data "
                                            + prefix.resolve("data"),
                                    "")
                            .text())
                    .doesNotContain("FAIL");

            Ran again = run(made.get("line") + " --no-service --prefix " + prefix, "");
            assertThat(again.status()).as(again.text()).isZero();
            assertThat(again.text()).contains("registered already");
            assertThat(names(prefix.resolve("versions"))).hasSize(2);
            becomeTheUpgraded();
            shell.type("echo $kept-again-$((50-1)); exit\r");
            shell.awaitText("here-again-49");
            assertThat(shell.exitStatus()).isZero();
        }

        agent.destroy();
        assertThat(agent.waitFor(30, TimeUnit.SECONDS)).isTrue();
        Ran removed = run(
                "sh " + prefix.resolve("current/share/install.sh") + " --uninstall --purge --no-service --prefix "
                        + prefix,
                "");
        assertThat(removed.status()).as(removed.text()).isZero();
        assertThat(prefix).doesNotExist();
    }

    /** Into the folder that this distribution's server reads. */
    private void pack() throws Exception {
        Ran packed = run(LiveSystem.distro().resolveSibling("package-agent").toString(), "");
        assertThat(packed.status()).as(packed.text()).isZero();
    }

    private Map<String, String> activation(LiveSystem live) throws Exception {
        String text = run(
                        live.clientEnvironment(),
                        LiveSystem.program("cli/bin/sallyport") + " activations create --channel-url "
                                + live.get("ssmmessages"),
                        "")
                .text();
        String code = text.replaceAll("(?s).*Activation code: (\\S+).*", "$1");
        String line = text.lines()
                .filter(one -> one.startsWith("sh -c '"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line:\n" + text));
        assertThat(line).doesNotContain(code);
        return Map.of("code", code, "line", line);
    }

    private void start(Path prefix) throws IOException {
        agent = new ProcessBuilder(
                        prefix.resolve("current/bin/sallyport-agent").toString(),
                        "run",
                        "--data",
                        prefix.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("agent.out").toFile())
                .start();
    }

    /** With the Java of the package, which has less than a JDK. */
    private void becomeTheUpgraded() throws Exception {
        assertThat(run("kill -USR1 " + agent.pid(), "").status()).isZero();
        Path log = folder.resolve("agent.out");
        Awaitility.await("the upgraded agent goes on")
                .atMost(90, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(log).content().contains("Goes on with 1 sessions"));
        assertThat(agent.isAlive()).isTrue();
    }

    private String awaitOnline(LiveSystem live, String node) {
        Awaitility.await("the node is online").atMost(60, TimeUnit.SECONDS).until(() -> {
            String nodes = run(
                            live.clientEnvironment(),
                            LiveSystem.program("cli/bin/sallyport") + " nodes --output json",
                            "")
                    .text();
            return new ObjectMapper()
                    .readTree(nodes.substring(nodes.indexOf('['))).findParents("InstanceId").stream()
                            .anyMatch(one -> one.path("InstanceId").asText().equals(node)
                                    && one.path("PingStatus").asText().equals("Online"));
        });
        return node;
    }

    private static List<String> names(Path place) throws IOException {
        try (Stream<Path> all = Files.list(place)) {
            return all.map(one -> one.getFileName().toString()).toList();
        }
    }

    private Ran run(String command, String input) throws Exception {
        return run(Map.of(), command, input);
    }

    private Ran run(Map<String, String> environment, String command, String input) throws Exception {
        Path out = Files.createTempFile(folder, "out", ".log");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        Map<String, String> all = new HashMap<>(environment);
        all.put("HOME", folder.toString());
        builder.environment().putAll(all);
        Process process = builder.start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().close();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).as(command).isTrue();
        return new Ran(process.exitValue(), Files.readString(out));
    }
}
