package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Our agent where things go wrong around it: no network at its start, a proxy with a password, a server that stops and comes back, SIGKILL. */
@Tag("long")
@ExtendWith(LiveSystemExtension.class)
class NodeTroublesIT {
    private static final long PATIENCE_SECONDS = 90;

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
    void throughAProxyWithAPasswordBeforeThereIsANetworkAndOverAStopOfTheServer() throws Exception {
        int proxyPort = LiveSystem.freePort();
        Map<String, String> proxied = Map.of("HTTPS_PROXY", "http://me:s%40cret@127.0.0.1:" + proxyPort);
        try (ServerProcess server =
                new ServerProcess(folder.resolve("server"), "-Dsallyport.names=far.test,localhost")) {
            server.start();
            await("the server serves", () -> server.get("/health/ready").statusCode() == 200);
            Map<String, String> admin = administrator(server);
            String node;
            try (PasswordProxy proxy = new PasswordProxy(proxyPort, "me:s@cret")) {
                node = register(
                        proxied,
                        admin,
                        "https://far.test:" + server.apiPort(),
                        "https://far.test:" + server.channelPort(),
                        server.data().resolve("tls/ca.pem"));
                assertThat(proxy.refused()).isEmpty();
                assertThat(proxy.let()).allMatch(one -> one.equals("far.test:" + server.apiPort()));
            }

            run(proxied);
            await("the agent tries without a network", () -> log().contains("No role credentials"));
            assertThat(agent.isAlive()).isTrue();
            try (PasswordProxy proxy = new PasswordProxy(proxyPort, "me:s@cret")) {
                await("the node is online", () -> connected(admin, node));
                assertThat(proxy.let()).contains("far.test:" + server.channelPort());
                assertThat(proxy.refused()).isEmpty();
                Ran check = command(proxied, "", agentProgram(), "check", "--data", data());
                assertThat(check.text()).contains("with a user name").doesNotContain("FAIL");

                server.stop();
                await("the agent sees it", () -> log().contains("Control channel lost"));
                server.start();
                await("the node is online again", () -> connected(admin, node));
                assertThat(agent.isAlive()).isTrue();
            }
        }
        Ran cut = command(proxied, "", agentProgram(), "check", "--data", data());
        assertThat(cut.status()).isEqualTo(1);
        assertThat(cut.text()).contains("HTTPS_PROXY cannot be reached").doesNotContain("cret");
    }

    @Test
    void anAgentThatWasKilledEndsAtItsNextStartWhatOutlivedItsShells(LiveSystem live) throws Exception {
        String node = register(
                Map.of(),
                live.clientEnvironment(),
                live.api().toString(),
                live.get("ssmmessages"),
                Path.of(live.get("ca")));
        run(Map.of());
        await("the node is online", () -> connected(live.clientEnvironment(), node));
        try (PtyProgram shell = PtyProgram.start(
                live.clientEnvironment(),
                LiveSystem.program("cli/bin/sallyport").toString(),
                "start-session",
                "--target",
                node)) {
            shell.awaitText("$");
            shell.type("exec sh -c 'trap \"\" HUP; echo stubborn-is-$$; while :; do sleep 1; done'\r");
            await("the program runs", () -> shell.screen().matches("(?s).*stubborn-is-\\d+\\s.*"));
            long stubborn = Long.parseLong(shell.screen().replaceAll("(?s).*stubborn-is-(\\d+)\\s.*", "$1"));
            assertThat(data("shells", Long.toString(stubborn))).exists();

            long killed = System.nanoTime();
            agent.destroyForcibly().waitFor();
            assertThat(ProcessHandle.of(stubborn))
                    .as("it ignores that its terminal is gone")
                    .isPresent();
            run(Map.of());

            await("what was left is ended", () -> ProcessHandle.of(stubborn).isEmpty());
            await("the agent says so", () -> log().contains("outlived the agent of before"));
            await("the node is online again", () -> connected(live.clientEnvironment(), node));
            assertThat(data("shells", Long.toString(stubborn))).doesNotExist();
            // On a machine so slow that the server's patience was over first, that is what it says.
            boolean quick = System.nanoTime() - killed < TimeUnit.SECONDS.toNanos(25);
            shell.awaitText(quick ? "The node's agent was killed" : "The node");
        }
    }

    private String register(
            Map<String, String> environment, Map<String, String> admin, String api, String channels, Path ca)
            throws Exception {
        JsonNode made = new ObjectMapper()
                .readTree(command(admin, "", commandLine(), "activations", "create", "--output", "json")
                        .text());
        Ran registered = command(
                environment,
                made.required("ActivationCode").asText() + "\n",
                agentProgram(),
                "register",
                "--url",
                api,
                "--channel-url",
                channels,
                "--ca-fingerprint",
                org.sallyport.channel.trust.CaTrust.fromBundle(ca)
                        .fingerprints()
                        .get(0),
                "--id",
                made.required("ActivationId").asText(),
                "--data",
                data());
        assertThat(registered.status()).as(registered.text()).isZero();
        return registered.text().replaceAll("(?s).*Registered as (mi-\\S+).*", "$1");
    }

    private void run(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(agentProgram(), "run", "--data", data())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("agent.out").toFile());
        builder.environment().putAll(environment);
        agent = builder.start();
    }

    private static Map<String, String> administrator(ServerProcess server) throws IOException {
        JsonNode account =
                new ObjectMapper().readTree(Files.readAllBytes(server.data().resolve("initial-admin.json")));
        return Map.of(
                "AWS_ACCESS_KEY_ID", account.required("accessKeyId").asText(),
                "AWS_SECRET_ACCESS_KEY", account.required("secretAccessKey").asText(),
                "AWS_REGION", "onprem-1",
                "AWS_ENDPOINT_URL_SSM", "https://localhost:" + server.apiPort(),
                "AWS_CA_BUNDLE", server.data().resolve("tls/ca.pem").toString());
    }

    private boolean connected(Map<String, String> admin, String node) throws Exception {
        Ran nodes = command(admin, "", commandLine(), "nodes", "--output", "json");
        if (nodes.status() != 0) {
            return false;
        }
        return new ObjectMapper()
                .readTree(nodes.text()).findParents("InstanceId").stream()
                        .anyMatch(one -> one.path("InstanceId").asText().equals(node)
                                && one.path("PingStatus").asText().equals("Online"));
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("agent.out"));
    }

    private String data() {
        return folder.resolve("agent").toString();
    }

    private Path data(String... more) {
        return Path.of(data(), more);
    }

    private static String agentProgram() {
        return LiveSystem.program("agent/bin/sallyport-agent").toString();
    }

    private static String commandLine() {
        return LiveSystem.program("cli/bin/sallyport").toString();
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .ignoreExceptions()
                .until(condition);
    }

    private Ran command(Map<String, String> environment, String input, String... words) throws Exception {
        Path out = Files.createTempFile(folder, "out", ".log");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(words)))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().close();
        assertThat(process.waitFor(120, TimeUnit.SECONDS))
                .as(String.join(" ", words))
                .isTrue();
        return new Ran(process.exitValue(), Files.readString(out));
    }
}
