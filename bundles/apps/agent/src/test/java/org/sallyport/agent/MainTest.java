package org.sallyport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.agent.identity.Identity;
import org.sallyport.agent.identity.IdentityStore;
import org.sallyport.agent.testing.TestServer;

@Timeout(60)
class MainTest {
    private static final String ACTIVATION = "11111111-2222-3333-4444-555555555555";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void registersWithTheCodeOfAFile() throws Exception {
        int status = register(TestServer.CODE);

        Identity identity = stored();
        assertThat(status).as(err.toString()).isZero();
        assertThat(out.toString()).contains("Registered as " + TestServer.NODE);
        assertThat(identity.nodeId()).isEqualTo(TestServer.NODE);
        assertThat(identity.region()).isEqualTo("onprem-1");
        assertThat(identity.channelUrl().getPort()).isEqualTo(8444);
        assertThat(identity.caPem()).contains("BEGIN CERTIFICATE");
        assertThat(server.nodeKey()).isNotNull();
    }

    @Test
    void registersACloudInstanceByWhatItsMetadataServiceSays() throws Exception {
        HttpServer metadata = metadata("MIAGsigned");
        try {
            int status = prove(
                    "--proof",
                    "cloud",
                    "--metadata-url",
                    "http://127.0.0.1:" + metadata.getAddress().getPort());

            assertThat(status).as(err.toString()).isZero();
            assertThat(stored().nodeId()).isEqualTo(TestServer.NODE);
        } finally {
            metadata.stop(0);
        }
    }

    @Test
    void registersWithADocumentOfAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("document"), "{\"pkcs7\":\"MIAGsigned\"}\n");

        assertThat(prove("--proof", "cloud", "--proof-file", file.toString()))
                .as(err.toString())
                .isZero();
        assertThat(prove("--replace", "--proof", "oidc", "--proof-file", file.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("refuses the registration").doesNotContain("MIAG");
    }

    @Test
    void oneWayOfBeingLetInIsNeeded() throws Exception {
        assertThat(prove()).isEqualTo(2);
        assertThat(prove("--id", ACTIVATION, "--proof", "cloud")).isEqualTo(2);
        assertThat(prove("--proof", "oidc")).isEqualTo(2);
    }

    private int prove(String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "register",
                "--url",
                server.url().toString(),
                "--ca-fingerprint",
                server.tls().fingerprint(),
                "--data",
                data().toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    /** Version 2 of EC2's: a token first. */
    private static HttpServer metadata(String signed) throws IOException {
        HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        made.createContext("/", exchange -> {
            String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            boolean token = "t0k".equals(exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token"));
            String answer = asked.equals("PUT /latest/api/token") ? "t0k" : "";
            if (token && asked.equals("GET /latest/dynamic/instance-identity/rsa2048")) {
                answer = signed + "\n";
            }
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.isEmpty() ? 401 : 200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        made.start();
        return made;
    }

    @Test
    void doesNotOverwriteARegistrationUnlessToldTo() throws Exception {
        register(TestServer.CODE);
        Identity first = stored();

        int refused = register(TestServer.CODE);
        Identity kept = stored();
        int replaced = register(TestServer.CODE, "--replace");

        assertThat(refused).isEqualTo(1);
        assertThat(err.toString()).contains("registered already", "--replace");
        assertThat(kept).isEqualTo(first);
        assertThat(replaced).isZero();
        assertThat(stored().privateKey()).isNotEqualTo(first.privateKey());
        assertThat(stored().fingerprint()).isEqualTo(first.fingerprint());
    }

    @Test
    void aRegistrationThatFailsKeepsTheOldOne() throws Exception {
        register(TestServer.CODE);
        Identity first = stored();

        int status = register("WrongWrongWrongWrong", "--replace");

        assertThat(status).isEqualTo(1);
        assertThat(err.toString()).contains("InvalidActivation").doesNotContain("WrongWrong");
        assertThat(stored()).isEqualTo(first);
    }

    @Test
    void anotherServerThanThePinnedOneIsNotToldTheCode() throws Exception {
        Path code = Files.writeString(folder.resolve("code"), TestServer.CODE);

        int status = run(
                "register",
                "--url",
                server.url().toString(),
                "--ca-fingerprint",
                "0".repeat(64),
                "--id",
                ACTIVATION,
                "--code-file",
                code.toString(),
                "--data",
                data().toString());

        assertThat(status).isEqualTo(1);
        assertThat(err.toString()).contains("could not be verified");
        assertThat(server.nodeKey()).isNull();
        assertThat(data()).doesNotExist();
    }

    @Test
    void checkTellsWhatIsGood() throws Exception {
        register(TestServer.CODE, "--channel-url", server.url().toString());

        int status = run("check", "--data", data().toString());

        assertThat(out.toString().lines().filter(line -> line.startsWith("FAIL")))
                .isEmpty();
        assertThat(out.toString())
                .contains("registration file", "server", "clock", "registration valid", "terminal", "shell account");
        assertThat(status).isZero();
    }

    @Test
    void checkTellsWhatIsWrong() throws Exception {
        register(TestServer.CODE);
        server.trust(null);

        int status = run("check", "--data", data().toString());

        assertThat(status).isEqualTo(1);
        assertThat(out.toString()).containsPattern("FAIL +channel port").containsPattern("FAIL +registration valid");
    }

    @Test
    void runWithoutARegistrationSaysWhatToDo() {
        int status = run("run", "--data", data().toString());

        assertThat(status).isEqualTo(1);
        assertThat(err.toString()).contains("use register first");
    }

    @Test
    void theCodeComesFromFileVariableOrInputInThisOrder() throws Exception {
        Path file = Files.writeString(folder.resolve("code"), "from-file\nsecond line\n");
        Map<String, String> variable = Map.of("SALLYPORT_ACTIVATION_CODE", "from-variable");
        byte[] input = "from-input\n".getBytes(StandardCharsets.UTF_8);

        assertThat(ActivationCode.read(file, variable, null, new ByteArrayInputStream(input)))
                .isEqualTo("from-file");
        assertThat(ActivationCode.read(null, variable, null, new ByteArrayInputStream(input)))
                .isEqualTo("from-variable");
        assertThat(ActivationCode.read(null, Map.of(), null, new ByteArrayInputStream(input)))
                .isEqualTo("from-input");
    }

    @Test
    void aSubcommandIsNeeded() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("register, run, check");
    }

    @Test
    void theVersionHasFourNumbers() throws Exception {
        assertThat(AgentVersion.current()).matches("[0-9]+(\\.[0-9]+){3}");
    }

    private int register(String code, String... more) throws Exception {
        Path file = Files.writeString(folder.resolve("code"), code + "\n");
        List<String> arguments = new ArrayList<>(List.of(
                "register",
                "--url",
                server.url().toString(),
                "--ca-fingerprint",
                server.tls().fingerprint(),
                "--id",
                ACTIVATION,
                "--code-file",
                file.toString(),
                "--data",
                data().toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Identity stored() throws Exception {
        return new IdentityStore(data()).load().orElseThrow();
    }
}
