package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.channel.websocket.WebSocketChannel;
import org.sallyport.channel.websocket.WebSocketConnector;
import org.sallyport.channel.websocket.WebSocketListener;
import org.sallyport.channel.websocket.WebSocketSettings;
import org.sallyport.protocol.message.OpenChannel;
import org.sallyport.protocol.sigv4.SigningCredentials;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CreateActivationResponse;

/** A node that is connected and never answers: the person is told, and the session is over. */
@Tag("long")
@ExtendWith(LiveSystemExtension.class)
class SilentNodeIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private volatile Optional<SigningCredentials> credentials = Optional.empty();

    @Test
    void aNodeThatNeverAnswersEndsTheSessionWithAClearText(LiveSystem live) throws Exception {
        CaTrust trust = CaTrust.fromBundle(Path.of(live.get("ca")));
        try (ServiceClient api = client(live, live.api(), trust);
                ServiceClient channels = client(live, live.channel(), trust);
                WebSocketConnector connector = new WebSocketConnector(trust, ProxySettings.direct())) {
            String nodeId = register(live, api);
            connect(live, channels, connector, nodeId);

            try (PtyProgram shell = PtyProgram.start(
                    live.clientEnvironment(),
                    LiveSystem.program("cli/bin/sallyport").toString(),
                    "start-session",
                    "--target",
                    nodeId)) {
                shell.awaitText("did not answer");
                assertThat(shell.exitStatus()).isEqualTo(3);
                assertThat(CommandLineIT.ended(live, CommandLineIT.sessionId(shell))
                                .details())
                        .startsWith("NODE_SILENT");
            }
        }
    }

    private ServiceClient client(LiveSystem live, URI endpoint, CaTrust trust) {
        URI https = URI.create("https://" + endpoint.getAuthority());
        return new ServiceClient(new ServiceSettings(
                https, live.get("region"), trust, ProxySettings.direct(), () -> credentials.orElseThrow()));
    }

    private String register(LiveSystem live, ServiceClient api) throws Exception {
        CreateActivationResponse activation;
        try (SsmClient ssm = Clients.ssm(live)) {
            activation = ssm.createActivation(request -> request.iamRole("SSMServiceRole"));
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair key = generator.generateKeyPair();
        String fingerprint = UUID.randomUUID().toString();
        JsonNode registered = api.callUnsigned(
                "AmazonSSM.RegisterManagedInstance",
                JSON.createObjectNode()
                        .put("ActivationId", activation.activationId())
                        .put("ActivationCode", activation.activationCode())
                        .put("Fingerprint", fingerprint)
                        .put(
                                "PublicKey",
                                Base64.getEncoder()
                                        .encodeToString(key.getPublic().getEncoded()))
                        .put("PublicKeyType", "Rsa"));
        String nodeId = registered.required("InstanceId").asText();
        JsonNode role = api.callWithNodeKey(
                "AmazonSSM.RequestManagedInstanceRoleToken",
                JSON.createObjectNode().put("Fingerprint", fingerprint),
                nodeId,
                key.getPrivate());
        credentials = Optional.of(new SigningCredentials(
                role.required("AccessKeyId").asText(),
                role.required("SecretAccessKey").asText(),
                Optional.of(role.required("SessionToken").asText())));
        return nodeId;
    }

    private static void connect(LiveSystem live, ServiceClient channels, WebSocketConnector connector, String nodeId)
            throws Exception {
        String path = "/v1/control-channel/" + nodeId;
        String token = channels.channelToken(
                path,
                JSON.createObjectNode()
                        .put("MessageSchemaVersion", "1.0")
                        .put("RequestId", UUID.randomUUID().toString()));
        URI address = URI.create("wss://" + live.channel().getAuthority() + path + "?role=subscribe&stream=input");
        CountDownLatch open = new CountDownLatch(1);
        connector.connect(
                address, channels.upgradeHeaders(address), WebSocketSettings.DEFAULT, new WebSocketListener() {
                    @Override
                    public void opened(WebSocketChannel channel) {
                        channel.sendText(OpenChannel.ofNodeControl(UUID.randomUUID(), token, "1.0.0.0", "linux")
                                .toJson());
                        open.countDown();
                    }

                    @Override
                    public void frame(ByteBuffer message) {
                        assertThat(message.hasRemaining())
                                .as("heard, and not answered")
                                .isTrue();
                    }

                    @Override
                    public void closed(int code, String cause) {
                        open.countDown();
                    }
                });
        assertThat(open.await(20, TimeUnit.SECONDS)).isTrue();
        try (SsmClient ssm = Clients.ssm(live)) {
            Awaitility.await("the silent node to be connected")
                    .atMost(20, TimeUnit.SECONDS)
                    .until(() -> List.of("connected")
                            .contains(ssm.getConnectionStatus(request -> request.target(nodeId))
                                    .statusAsString()));
        }
    }
}
