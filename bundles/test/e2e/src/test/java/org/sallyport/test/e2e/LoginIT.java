package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/** A person with a password and no access key: our command line, AWS's tools, and each way in which it ends. */
@Tag("long")
@ExtendWith(LiveSystemExtension.class)
class LoginIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path home;

    private record Ran(int status, String out, String err) {}

    @Test
    void aPasswordTypedUnseenOpensAShellAsTheSameUser(LiveSystem live) throws Exception {
        try (PtyProgram login = typed(live)) {
            login.awaitText("Password of admin: ");
            login.type(live.get("adminPassword") + "\r");
            login.awaitText("Signed in as admin until ");
            assertThat(login.exitStatus()).isZero();
            assertThat(login.screen()).doesNotContain(live.get("adminPassword"));
        }
        assertThat(run("nodes").out()).contains(live.nodeId());
        try (PtyProgram shell = PtyProgram.start(environment(), cli(), "start-session", "--target", live.nodeId())) {
            shell.awaitText("$");
            shell.type("echo as-$((40+2)); exit\r");
            shell.awaitText("as-42");
            assertThat(shell.exitStatus()).isZero();
        }
        try (StsClient byLogin = Clients.sts(live, credentials());
                StsClient byKey = Clients.sts(live)) {
            assertThat(byLogin.getCallerIdentity().arn())
                    .isEqualTo(byKey.getCallerIdentity().arn());
            assertThat(byLogin.getCallerIdentity().userId())
                    .isEqualTo(byKey.getCallerIdentity().userId());
        }
    }

    @Test
    void theAwsCliIsThatUserByExportAndByProfile(LiveSystem live) throws Exception {
        Peers.folder("session-manager-plugin");
        Peers.assumeOnPath("aws");
        signIn(live);
        String aws = "aws sts get-caller-identity --query Arn --output text";

        Ran exported = shell("eval \"$(%s credentials --format env)\"; %s".formatted(cli(), aws));
        Ran profiled = shell("mkdir -p ~/.aws; %s credentials --format profile >~/.aws/config; AWS_PROFILE=sallyport %s"
                .formatted(cli(), aws));

        assertThat(exported.out().strip()).as(exported.err()).endsWith(":user/admin");
        assertThat(profiled.out()).as(profiled.err()).isEqualTo(exported.out());
    }

    @Test
    void signingOutHereEndsItOnTheServerForEachOperation(LiveSystem live) throws Exception {
        signIn(live);
        AwsSessionCredentials held = credentials();
        assertThat(run("login", "--status").out()).startsWith("admin at " + live.api());

        assertThat(run("logout").status()).isZero();

        try (SsmClient ssm = Clients.ssm(live, held);
                StsClient sts = Clients.sts(live, held)) {
            List<ThrowingCallable> operations = List.of(
                    ssm::describeInstanceInformation,
                    ssm::describeActivations,
                    () -> ssm.createActivation(request -> request.iamRole("SSMServiceRole")),
                    () -> ssm.describeSessions(request -> request.state("Active")),
                    () -> ssm.startSession(request -> request.target(live.nodeId())),
                    () -> ssm.resumeSession(request -> request.sessionId("admin-0")),
                    () -> ssm.terminateSession(request -> request.sessionId("admin-0")),
                    () -> ssm.getConnectionStatus(request -> request.target(live.nodeId())),
                    sts::getCallerIdentity);
            for (ThrowingCallable operation : operations) {
                assertThatThrownBy(operation).isInstanceOfSatisfying(AwsServiceException.class, refused -> assertThat(
                                refused.awsErrorDetails().errorCode())
                        .isIn("UnrecognizedClientException", "InvalidClientTokenId"));
            }
        }
        Ran after = run("nodes");
        assertThat(after.status()).isEqualTo(1);
        assertThat(after.err()).contains("Run: sallyport login");
    }

    @Test
    void signingOutEverywhereReachesBothKindsFromBoth(LiveSystem live) throws Exception {
        signIn(live);
        Browser browser = browser(live);
        assertThat(browser.call("DELETE", "/session?everywhere=true", null).status())
                .isEqualTo(204);
        assertThat(run("login", "--status").err()).contains("The server ended the sign-in of admin");

        signIn(live);
        Browser other = browser(live);
        assertThat(run("logout", "--everywhere").status()).isZero();
        assertThat(other.get("/session").problem()).isEqualTo("signed-out");
    }

    @Test
    void theCodeOfASecondFactorIsAskedForAndItsResetEndsTheSignIn(LiveSystem live) throws Exception {
        Browser browser = browser(live);
        byte[] secret = ConsoleApiIT.unbase32(browser.call("POST", "/session/totp", null)
                .body()
                .path("secret")
                .asText());
        long step = Instant.now().getEpochSecond() / 30;
        try {
            assertThat(browser.call("PUT", "/session/totp", ConsoleApiIT.codeBody(secret, step))
                            .status())
                    .isEqualTo(204);
            try (PtyProgram login = typed(live)) {
                login.awaitText("Password of admin: ");
                login.type(live.get("adminPassword") + "\r");
                login.awaitText("Code of the second factor: ");
                // the next step's: each counts once
                login.type(ConsoleApiIT.code(secret, step + 1) + "\r");
                login.awaitText("Signed in as admin until ");
                assertThat(login.exitStatus()).isZero();
            }
            assertThat(run("login", "--status").status()).isZero();
        } finally {
            assertThat(browser.call("DELETE", "/users/admin/totp", null).status())
                    .isEqualTo(204);
        }
        assertThat(run("login", "--status").status()).isEqualTo(1);
    }

    @Test
    void aWrongPasswordIsToldAsInTheConsoleAndKeepsNothing(LiveSystem live) throws Exception {
        Ran wrong = login(live, "wrong\n");

        assertThat(wrong.status()).isEqualTo(1);
        assertThat(wrong.err()).contains("The user name or the password is wrong.");
        assertThat(home.resolve(".config")).doesNotExist();
    }

    private Browser browser(LiveSystem live) throws IOException {
        Browser browser = new Browser(live);
        assertThat(browser.signIn("admin", live.get("adminPassword"), Optional.empty())
                        .status())
                .isEqualTo(200);
        return browser;
    }

    private PtyProgram typed(LiveSystem live) throws Exception {
        return PtyProgram.start(
                environment(),
                cli(),
                "login",
                "--url",
                live.api().toString(),
                "--ca-fingerprint",
                RefusalsIT.fingerprint(live),
                "--user",
                "admin");
    }

    private void signIn(LiveSystem live) throws Exception {
        Ran login = login(live, live.get("adminPassword") + "\n");
        assertThat(login.status()).as(login.err()).isZero();
    }

    private Ran login(LiveSystem live, String input) throws Exception {
        String command = "%s login --url %s --ca-fingerprint %s --user admin --password-stdin"
                .formatted(cli(), live.api(), RefusalsIT.fingerprint(live));
        Path file = Files.writeString(home.resolve("input"), input);
        return shell(command + " <" + file);
    }

    private AwsSessionCredentials credentials() throws Exception {
        JsonNode printed = JSON.readTree(run("credentials").out());
        return AwsSessionCredentials.create(
                printed.path("AccessKeyId").asText(),
                printed.path("SecretAccessKey").asText(),
                printed.path("SessionToken").asText());
    }

    private Ran run(String arguments, String... more) throws Exception {
        return shell(cli() + " " + arguments + " " + String.join(" ", more));
    }

    private Ran shell(String script) throws Exception {
        File out = Files.createTempFile(home, "out", ".log").toFile();
        File err = Files.createTempFile(home, "err", ".log").toFile();
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", script)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out)
                .redirectError(err);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().putAll(environment());
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
    }

    private Map<String, String> environment() {
        Map<String, String> all = new HashMap<>();
        all.put("HOME", home.toString());
        all.put("PATH", LiveSystem.program("cli/bin") + File.pathSeparator + System.getenv("PATH"));
        return all;
    }

    private static String cli() {
        return LiveSystem.program("cli/bin/sallyport").toString();
    }
}
