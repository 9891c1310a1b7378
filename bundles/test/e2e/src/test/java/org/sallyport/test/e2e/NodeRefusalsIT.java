package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sallyport.protocol.sigv4.HttpRequestView;
import org.sallyport.protocol.sigv4.SigningCredentials;
import org.sallyport.test.e2e.RawNode.Answer;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CreateActivationResponse;

/** What a node may not do, asked of the running server: each wrong registration, role token and use of a node's credentials. */
@ExtendWith(LiveSystemExtension.class)
class NodeRefusalsIT {
    private static final ObjectNode NOTHING = RawNode.JSON.createObjectNode();

    @Test
    void aRegistrationThatIsWrongIsRefusedAndCostsTheActivationNothing(LiveSystem live) throws Exception {
        RawNode node = new RawNode(live);
        try (SsmClient ssm = Clients.ssm(live)) {
            CreateActivationResponse made = ssm.createActivation(request -> request.iamRole("SSMServiceRole"));
            String id = made.activationId();
            String code = made.activationCode();
            String fingerprint = node.fingerprint();
            KeyPair key = RawNode.newKey(2048);

            assertError(node.register(id, "x".repeat(20), key, fingerprint), 400, "InvalidActivation");
            assertError(node.register(UUID.randomUUID().toString(), code, key, fingerprint), 400, "InvalidActivation");
            assertError(node.register(id, code, RawNode.newKey(1024), fingerprint), 400, "ValidationException");
            assertError(node.register(id, code, key, "no fingerprint!"), 400, "ValidationException");

            assertThat(node.register(id, code, key, fingerprint).status()).isEqualTo(200);
            assertError(node.register(id, code, key, fingerprint), 400, "InvalidActivation");

            ssm.deleteActivation(request -> request.activationId(id));
            assertError(node.register(id, code, key, fingerprint), 400, "InvalidActivation");
        }
    }

    @Test
    void aRoleTokenNeedsTheNodesOwnKeyNowAndOnce(LiveSystem live) throws Exception {
        RawNode node = RawNode.registered(live);
        RawNode other = RawNode.registered(live);
        assertThat(node.roleToken().status()).isEqualTo(200);

        assertError(
                node.roleToken(node.byKey(node.id(), other.key(), Instant.now())), 400, "InvalidSignatureException");
        assertError(
                node.roleToken(node.byKey("mi-00000000000000000", node.key(), Instant.now())),
                400,
                "AccessDeniedException");
        for (Duration skew : List.of(Duration.ofMinutes(-6), Duration.ofMinutes(6), Duration.ofDays(-1))) {
            assertError(
                    node.roleToken(
                            node.byKey(node.id(), node.key(), Instant.now().plus(skew))),
                    400,
                    "InvalidSignatureException");
        }
        assertError(node.roleToken(view -> List.of()), 400, "MissingAuthenticationTokenException");
        assertError(node.roleToken(node.by(node.credentials(), "ssm")), 400, "AccessDeniedException");

        URI api = URI.create(live.api() + "/");
        byte[] body =
                ("{\"Fingerprint\":\"" + node.fingerprint() + "\"}").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        List<Map.Entry<String, String>> headers = new ArrayList<>(List.of(
                Map.entry("Content-Type", "application/x-amz-json-1.1"),
                Map.entry("X-Amz-Target", "AmazonSSM.RequestManagedInstanceRoleToken")));
        List<Map.Entry<String, String>> seen = new ArrayList<>(headers);
        seen.add(Map.entry("Host", api.getAuthority()));
        headers.addAll(node.byKey(node.id(), node.key(), Instant.now())
                .sign(new HttpRequestView("POST", "/", "", seen, body)));
        assertThat(node.send(api, headers, body).status()).isEqualTo(200);
        assertError(node.send(api, headers, body), 400, "InvalidSignatureException");
    }

    @Test
    void aNodesKeyIsGoodForNothingButItsCredentials(LiveSystem live) throws Exception {
        RawNode node = RawNode.registered(live);
        for (String operation : List.of("DescribeInstanceInformation", "UpdateInstanceInformation", "StartSession")) {
            Answer answer =
                    node.ssm(operation, body(operation, node.id()), node.byKey(node.id(), node.key(), Instant.now()));
            assertThat(answer.status()).as(operation + ": " + answer.text()).isEqualTo(400);
            assertThat(answer.error())
                    .as(operation)
                    .isIn("AccessDeniedException", "UnrecognizedClientException", "InvalidSignatureException");
        }
    }

    @Test
    void aNodeSpeaksForNobodyElse(LiveSystem live) throws Exception {
        RawNode node = RawNode.registered(live);
        RawNode other = RawNode.registered(live);
        SigningCredentials credentials = node.credentials();
        assertThat(node.ssm("UpdateInstanceInformation", report(node.id()), node.by(credentials, "ssm"))
                        .status())
                .isEqualTo(200);
        assertThat(node.channel("/v1/control-channel/" + node.id(), credentials).status())
                .isEqualTo(201);

        for (String id : List.of(other.id(), "mi-00000000000000000", live.nodeId())) {
            assertError(
                    node.ssm("UpdateInstanceInformation", report(id), node.by(credentials, "ssm")),
                    400,
                    "AccessDeniedException");
            Answer channel = node.channel("/v1/control-channel/" + id, credentials);
            assertThat(channel.status()).as(channel.text()).isIn(400, 403);
            assertThat(channel.error()).isEqualTo("AccessDeniedException");
        }
        try (SsmClient ssm = Clients.ssm(live)) {
            String session =
                    ssm.startSession(request -> request.target(live.nodeId())).sessionId();
            Answer channel = node.channel("/v1/data-channel/" + session, credentials);
            assertThat(channel.status()).as(channel.text()).isIn(400, 403);
            Answer unknown = node.channel("/v1/data-channel/nobody-00000000000000000", credentials);
            assertThat(unknown.error()).isEqualTo(channel.error());
            ssm.terminateSession(request -> request.sessionId(session));
        }
    }

    @Test
    void aNodesCredentialsAreGoodForNothingElse(LiveSystem live) throws Exception {
        RawNode node = RawNode.registered(live);
        SigningCredentials credentials = node.credentials();
        for (String operation : List.of(
                "StartSession",
                "DescribeInstanceInformation",
                "DescribeSessions",
                "CreateActivation",
                "DescribeActivations",
                "DeregisterManagedInstance",
                "UpdateManagedInstanceRole",
                "UpdateServiceSetting",
                "AddTagsToResource")) {
            assertError(
                    node.ssm(operation, body(operation, live.nodeId()), node.by(credentials, "ssm")),
                    400,
                    "AccessDeniedException");
        }
    }

    @Test
    void aNodeThatWasDeregisteredIsNobody(LiveSystem live) throws Exception {
        RawNode node = RawNode.registered(live);
        SigningCredentials credentials = node.credentials();
        try (SsmClient ssm = Clients.ssm(live)) {
            ssm.deregisterManagedInstance(request -> request.instanceId(node.id()));
        }
        assertThat(node.roleToken().status()).isEqualTo(400);
        assertThat(node.ssm("UpdateInstanceInformation", report(node.id()), node.by(credentials, "ssm"))
                        .status())
                .isEqualTo(400);
        assertThat(node.channel("/v1/control-channel/" + node.id(), credentials).status())
                .isNotEqualTo(201);
    }

    @Test
    @Tag("long")
    void ofAThousandNodesAtOnceExactlyTheLimitComesIn(LiveSystem live) throws Exception {
        exactlyTheLimitComesIn(live);
    }

    /** Of a thousand registrations with one activation, sixteen at a time. */
    static void exactlyTheLimitComesIn(LiveSystem live) throws Exception {
        int limit = 37;
        int nodes = 1_000;
        RawNode node = new RawNode(live);
        KeyPair key = RawNode.newKey(2048);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try (SsmClient ssm = Clients.ssm(live)) {
            CreateActivationResponse made = ssm.createActivation(
                    request -> request.iamRole("SSMServiceRole").registrationLimit(limit));
            List<Callable<Answer>> all = new ArrayList<>();
            for (int i = 0; i < nodes; i++) {
                all.add(() -> node.register(
                        made.activationId(),
                        made.activationCode(),
                        key,
                        UUID.randomUUID().toString()));
            }
            int came = 0;
            for (Future<Answer> one : threads.invokeAll(all)) {
                if (one.get().status() == 200) {
                    came++;
                } else {
                    assertError(one.get(), 400, "InvalidActivation");
                }
            }
            assertThat(came).isEqualTo(limit);
            assertThat(ssm.describeActivationsPaginator().activationList().stream()
                            .filter(one -> one.activationId().equals(made.activationId()))
                            .toList())
                    .singleElement()
                    .satisfies(one -> assertThat(one.registrationsCount()).isEqualTo(limit));
        } finally {
            threads.shutdownNow();
        }
    }

    private static void assertError(Answer answer, int status, String error) {
        assertThat(answer.error()).as(answer.text()).isEqualTo(error);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    }

    private static ObjectNode report(String id) {
        return RawNode.JSON
                .createObjectNode()
                .put("InstanceId", id)
                .put("AgentName", "raw")
                .put("AgentVersion", "1.0.0.0")
                .put("PlatformType", "Linux");
    }

    private static ObjectNode body(String operation, String nodeId) {
        return switch (operation) {
            case "StartSession" -> RawNode.JSON.createObjectNode().put("Target", nodeId);
            case "UpdateInstanceInformation" -> report(nodeId);
            case "DescribeSessions" -> RawNode.JSON.createObjectNode().put("State", "Active");
            case "CreateActivation" -> RawNode.JSON.createObjectNode().put("IamRole", "SSMServiceRole");
            case "DeregisterManagedInstance" -> RawNode.JSON.createObjectNode().put("InstanceId", nodeId);
            case "UpdateManagedInstanceRole" ->
                RawNode.JSON.createObjectNode().put("InstanceId", nodeId).put("IamRole", "SSMServiceRole");
            case "UpdateServiceSetting" ->
                RawNode.JSON
                        .createObjectNode()
                        .put("SettingId", "/ssm/managed-instance/activation-tier")
                        .put("SettingValue", "standard");
            case "AddTagsToResource" -> {
                ObjectNode body = RawNode.JSON
                        .createObjectNode()
                        .put("ResourceType", "ManagedInstance")
                        .put("ResourceId", nodeId);
                body.putArray("Tags").addObject().put("Key", "a").put("Value", "b");
                yield body;
            }
            default -> NOTHING;
        };
    }
}
