package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CreateActivationResponse;
import software.amazon.awssdk.services.ssm.model.StartSessionResponse;

/** What a real server writes into its audit trail: everything that was done, and no secret. */
@Tag("long")
@ExtendWith(LiveSystemExtension.class)
class AuditIT {
    private static final String WRONG_PASSWORD = "canary-wrong-password-7f3a";
    private static final String TYPED = "canary-typed-91be";

    @TempDir
    Path folder;

    private record Ran(int exit, String text) {}

    @Test
    void theTrailHoldsWhatWasDoneAndNoSecret(LiveSystem live) throws Exception {
        List<String> secrets =
                new ArrayList<>(List.of(live.get("adminPassword"), live.get("secretAccessKey"), WRONG_PASSWORD, TYPED));
        Browser browser = new Browser(live);
        browser.signIn("mallory", WRONG_PASSWORD, Optional.empty());
        Browser.Answer signedIn = browser.signIn("admin", live.get("adminPassword"), Optional.empty());
        assertThat(signedIn.status()).isEqualTo(200);
        secrets.add(signedIn.body().path("csrf").asText());
        Browser.Answer totp = browser.call("POST", "/session/totp", null);
        secrets.add(totp.body().path("secret").asText());
        String session;
        try (SsmClient ssm = Clients.ssm(live)) {
            CreateActivationResponse activation = ssm.createActivation(
                    request -> request.iamRole("SSMServiceRole").description("audited"));
            secrets.add(activation.activationCode());
            StartSessionResponse started = ssm.startSession(request -> request.target(live.nodeId()));
            secrets.add(started.tokenValue());
            secrets.add(ssm.resumeSession(request -> request.sessionId(started.sessionId()))
                    .tokenValue());
            session = started.sessionId();
            ssm.terminateSession(request -> request.sessionId(session));
            ssm.deleteActivation(request -> request.activationId(activation.activationId()));
        }
        Browser.Answer console = browser.call("POST", "/sessions", "{\"target\":\"" + live.nodeId() + "\"}");
        secrets.add(console.body().path("token").asText());
        browser.call("DELETE", "/sessions/" + console.body().path("sessionId").asText(), null);
        try (PtyProgram shell = PtyProgram.shell(live)) {
            shell.awaitText("$");
            shell.type("echo " + TYPED + "-$((1+1)); exit\r");
            shell.awaitText(TYPED + "-2");
            shell.exitStatus();
        }
        browser.call("DELETE", "/session", null);

        Awaitility.await("the end of the session in the trail")
                .atMost(120, TimeUnit.SECONDS)
                .until(() -> trail(live).lines().anyMatch(l -> l.contains("SessionEnd") && l.contains(session)));
        String trail = trail(live);
        assertThat(secrets).allMatch(secret -> secret.length() > 8);
        for (String secret : secrets) {
            assertThat(trail.contains(secret))
                    .as("a secret of %d characters", secret.length())
                    .isFalse();
        }
        for (String done : List.of(
                "CreateActivation",
                "DeleteActivation",
                "StartSession",
                "ResumeSession",
                "TerminateSession",
                "OpenDataChannel",
                "OpenControlChannel",
                "RegisterManagedInstance",
                "RequestManagedInstanceRoleToken",
                "ConsoleLogin",
                "ConsoleLogout",
                "CreateVirtualMFADevice",
                "StartServer",
                "SessionEnd")) {
            assertThat(trail).contains("\"eventName\":\"" + done + "\"");
        }
        assertThat(trail)
                .contains("\"tokenValue\":\"Value hidden due to security reasons.\"")
                .contains("\"userName\":\"mallory\"")
                .contains("\"cause\":\"CLIENT\"")
                .doesNotContain("\"eventName\":\"UpdateInstanceInformation\"");
    }

    @Test
    void itsFilesAreVerifiedWithoutTheServer(LiveSystem live) throws Exception {
        Path copy = folder.resolve("copy");
        Files.createDirectories(copy);
        try (Stream<Path> files = Files.list(live.data().resolve("server/audit"))) {
            // the head first: the trail goes on meanwhile
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        Ran sound = cli(live, "audit", "verify", copy.toString());
        assertThat(sound.exit()).as(sound.text()).isZero();
        assertThat(sound.text()).contains("Sound: records 1 to ");

        Path file = copy.resolve("audit-00000001.jsonl");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        file.toFile().setWritable(true);
        Files.write(file, bytes);
        Ran changed = cli(live, "audit", "verify", copy.toString());
        assertThat(changed.exit()).isEqualTo(1);
        assertThat(changed.text()).contains("Not sound: record ", "file audit-00000001.jsonl, byte ");
    }

    @Test
    void recordsAreFoundWithOurCommandLineAndWithAwss(LiveSystem live) throws Exception {
        try (SsmClient ssm = Clients.ssm(live)) {
            ssm.describeSessions(request -> request.state("Active"));
        }
        Ran found = cli(live, "audit", "find", "--event", "DescribeSessions", "--max-items", "5");
        assertThat(found.exit()).as(found.text()).isZero();
        assertThat(found.text()).contains("DescribeSessions", live.get("adminUser"), "done");

        Ran tail = cli(live, "audit", "tail", "-n", "5");
        assertThat(tail.text()).contains("\"eventVersion\"");

        Peers.assumeOnPath("aws");
        Map<String, String> environment = new HashMap<>(live.clientEnvironment());
        environment.put("AWS_ENDPOINT_URL_CLOUDTRAIL", live.api().toString());
        Ran aws = run(
                environment,
                "aws",
                "cloudtrail",
                "lookup-events",
                "--lookup-attributes",
                "AttributeKey=EventName,AttributeValue=DescribeSessions",
                "--max-items",
                "2",
                "--output",
                "json");
        assertThat(aws.exit()).as(aws.text()).isZero();
        assertThat(aws.text()).contains("\"EventName\": \"DescribeSessions\"", "CloudTrailEvent");
    }

    private static String trail(LiveSystem live) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(live.data().resolve("server/audit"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    private static Ran cli(LiveSystem live, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(LiveSystem.program("cli/bin/sallyport").toString()));
        command.addAll(List.of(arguments));
        return run(live.clientEnvironment(), command.toArray(String[]::new));
    }

    private static Ran run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), text);
    }
}
