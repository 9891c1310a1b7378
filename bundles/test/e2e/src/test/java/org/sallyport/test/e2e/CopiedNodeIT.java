package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CreateActivationResponse;

/** Two machines that both say they are one node: agents with the same registration, against a running server. */
@Tag("long")
@ExtendWith(LiveSystemExtension.class)
class CopiedNodeIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ELSEWHERE = "127.0.0.2";

    private LiveSystem live;
    private Browser admin;

    @TempDir
    Path folder;

    @BeforeEach
    void signIn(LiveSystem running) throws IOException {
        live = running;
        admin = new Browser(live);
        assertThat(admin.signIn("admin", live.get("adminPassword"), Optional.empty())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aSecondControlChannelFromAnotherAddressIsAnEventAndARecord() throws Exception {
        try (AgentProcess node = registered();
                OtherAddress api = new OtherAddress(ELSEWHERE, live.api().getPort());
                OtherAddress channel =
                        new OtherAddress(ELSEWHERE, live.channel().getPort());
                AgentProcess copy = node.copiedTo(folder.resolve("copy"))) {
            String id = node.nodeId();
            node.start();
            awaitConnected(id);
            assertThat(records("NodeSecondChannel", id)).isEmpty();

            copy.start(
                    "--url", api.address().toString(),
                    "--channel-url", channel.address().toString());

            JsonNode record = awaitRecords("NodeSecondChannel", id).get(0);
            assertThat(record.path("sourceIPAddress").asText()).isEqualTo(ELSEWHERE);
            assertThat(record.path("requestParameters").path("older").asText()).isEqualTo("127.0.0.1");
            assertThat(record.path("requestParameters").path("decision").asText())
                    .isEqualTo("replace");
            assertThat(events("SECOND_CHANNEL", id)).isNotEmpty();
        }
    }

    @Test
    void aMachineWithAnotherFingerprintIsAskedOfThePersonAndNeitherIsBricked() throws Exception {
        try (AgentProcess node = registered();
                AgentProcess copy = node.copiedTo(folder.resolve("copy"))) {
            String id = node.nodeId();
            UUID other = UUID.randomUUID();
            copy.shows(other);
            node.start();
            awaitConnected(id);

            copy.start();

            JsonNode record = awaitRecords("NodeMachineDiffers", id).get(0);
            assertThat(record.path("sourceIPAddress").asText()).isEqualTo("127.0.0.1");
            assertThat(record.toString())
                    .as("what a machine proves itself with is in no record")
                    .doesNotContain(other.toString());
            assertThat(events("MACHINE_DIFFERS", id)).hasSize(1);
            await("the copy to be told", () -> copy.log().contains("MachineFingerprintDoesNotMatch"));
            assertThat(shown(id)).as("what the person is asked").isEqualTo(other.toString());
            assertThat(copy.alive()).isTrue();
            assertThat(connected(id)).as("the node goes on").isTrue();

            assertThat(admin.call(
                                    "POST",
                                    "/nodes/" + id + "/machine",
                                    "{\"fingerprint\":\"" + other + "\",\"accept\":true}")
                            .status())
                    .isEqualTo(204);
            // the machine with the new board is the node, without anybody having to touch it
            node.stop();
            await("the other machine to come in by itself", () -> copy.log().contains("Control channel open"));
            awaitConnected(id);

            node.start();
            await("the old one to be told", () -> node.log().contains("MachineFingerprintDoesNotMatch"));
            assertThat(records("NodeMachineDiffers", id))
                    .as("each machine once")
                    .hasSize(2);
            assertThat(connected(id)).isTrue();
        }
    }

    private AgentProcess registered() throws Exception {
        AgentProcess agent = new AgentProcess(live, folder.resolve("node"));
        try (SsmClient ssm = Clients.ssm(live)) {
            CreateActivationResponse made = ssm.createActivation(r -> r.iamRole("SSMServiceRole"));
            AgentProcess.Ran ran = agent.register(
                    Map.of("SALLYPORT_ACTIVATION_CODE", made.activationCode()), "--id", made.activationId());
            assertThat(ran.exit()).as(ran.text()).isZero();
        }
        return agent;
    }

    private String shown(String id) {
        return admin.get("/nodes/" + id)
                .body()
                .path("otherMachines")
                .path(0)
                .path("fingerprint")
                .asText();
    }

    private void awaitConnected(String id) {
        await(id + " to be connected", () -> connected(id));
    }

    private boolean connected(String id) {
        try (SsmClient ssm = Clients.ssm(live)) {
            return ssm.getConnectionStatus(r -> r.target(id)).statusAsString().equals("connected");
        }
    }

    private List<JsonNode> awaitRecords(String event, String id) {
        await(event + " of " + id, () -> !records(event, id).isEmpty());
        return records(event, id);
    }

    /** Of the audit trail. */
    private List<JsonNode> records(String event, String id) {
        List<JsonNode> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(live.data().resolve("server/audit"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    boolean whole = line.endsWith("\"}");
                    if (whole && line.contains("\"eventName\":\"" + event + "\"") && line.contains(id)) {
                        found.add(JSON.readTree(line).path("record"));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** Lines of the server's log. */
    private List<String> events(String kind, String id) throws IOException {
        return Files.readAllLines(live.data().resolve("server/log/server.log")).stream()
                .filter(line -> line.contains(id + " " + kind))
                .toList();
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(String what, Condition condition) {
        Awaitility.await(what).atMost(120, TimeUnit.SECONDS).until(condition::holds);
    }
}
