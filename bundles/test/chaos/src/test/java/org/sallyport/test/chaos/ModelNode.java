package org.sallyport.test.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.api.ServiceException;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.channel.websocket.WebSocketChannel;
import org.sallyport.channel.websocket.WebSocketConnector;
import org.sallyport.channel.websocket.WebSocketListener;
import org.sallyport.channel.websocket.WebSocketSettings;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.ChannelClosed;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.Messages;
import org.sallyport.protocol.message.OpenChannel;
import org.sallyport.protocol.message.SessionTask;
import org.sallyport.protocol.message.TaskComplete;
import org.sallyport.protocol.sigv4.SigningCredentials;

/**
 * A node with the conduct of amazon-ssm-agent (node-agent specification, sections 5 and 6): one control channel, whose orders it obeys, and
 * a {@link ModelShell} for each session. Its programs are labelled by the session.
 */
final class ModelNode implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long CONNECT_SECONDS = 60;
    private static final long AGAIN_MILLIS = 1_000;

    private final ScheduledExecutorService lane = Executors.newScheduledThreadPool(4, work -> {
        Thread thread = new Thread(work, "chaos-model-node");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, ModelShell> shells = new ConcurrentHashMap<>();
    private final ServiceClient control;
    private final ServiceClient data;
    private final URI controlUrl;
    private final URI dataUrl;
    private final WebSocketConnector connector;
    private final int linesASecond;
    private String nodeId;
    private SigningCredentials credentials;
    private volatile Optional<WebSocketChannel> channel = Optional.empty();
    private volatile boolean stopped;

    /**
     * Registers and connects.
     *
     * @param controlUrl of the channel port for its control channel
     * @param dataUrl of the channel port for data channels, perhaps a proxy's
     */
    static ModelNode start(Api api, URI apiUrl, URI controlUrl, URI dataUrl, int linesASecond) throws IOException {
        ModelNode node = new ModelNode(api, controlUrl, dataUrl, linesASecond);
        node.register(api, apiUrl);
        node.connect();
        Awaitility.await("the model node to be connected")
                .atMost(CONNECT_SECONDS, TimeUnit.SECONDS)
                .until(() -> api.connected(node.nodeId));
        return node;
    }

    private ModelNode(Api api, URI controlUrl, URI dataUrl, int linesASecond) {
        this.controlUrl = controlUrl;
        this.dataUrl = dataUrl;
        this.linesASecond = linesASecond;
        this.control = client(api, controlUrl);
        this.data = client(api, dataUrl);
        this.connector = new WebSocketConnector(api.trust(), ProxySettings.direct());
    }

    String nodeId() {
        return nodeId;
    }

    /** The shell of a session, once the node was told to start it. */
    Optional<ModelShell> shell(String sessionId) {
        return Optional.ofNullable(shells.get(sessionId));
    }

    /** Shells that have not ended. */
    List<ModelShell> running() {
        return shells.values().stream().filter(ModelShell::running).toList();
    }

    private ServiceClient client(Api api, URI url) {
        return new ServiceClient(new ServiceSettings(
                url,
                Api.REGION,
                api.trust(),
                ProxySettings.direct(),
                () -> credentials,
                ServiceSettings.DEFAULT_DEADLINE,
                1));
    }

    private void register(Api api, URI apiUrl) throws IOException {
        Map.Entry<String, String> activation = api.activate();
        KeyPair key = keyPair();
        String fingerprint = UUID.randomUUID().toString();
        try (ServiceClient service = client(api, apiUrl)) {
            JsonNode registered = service.callUnsigned(
                    "AmazonSSM.RegisterManagedInstance",
                    JSON.createObjectNode()
                            .put("ActivationId", activation.getKey())
                            .put("ActivationCode", activation.getValue())
                            .put("Fingerprint", fingerprint)
                            .put(
                                    "PublicKey",
                                    Base64.getEncoder()
                                            .encodeToString(key.getPublic().getEncoded()))
                            .put("PublicKeyType", "Rsa"));
            nodeId = registered.required("InstanceId").asText();
            JsonNode role = service.callWithNodeKey(
                    "AmazonSSM.RequestManagedInstanceRoleToken",
                    JSON.createObjectNode().put("Fingerprint", fingerprint),
                    nodeId,
                    key.getPrivate());
            credentials = new SigningCredentials(
                    role.required("AccessKeyId").asText(),
                    role.required("SecretAccessKey").asText(),
                    Optional.of(role.required("SessionToken").asText()));
        }
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void connect() {
        String path = "/v1/control-channel/" + nodeId;
        try {
            String token = control.channelToken(path, request());
            open(control, controlUrl, path + "?role=subscribe&stream=input", new Control(token));
        } catch (IOException | ServiceException e) {
            again();
        }
    }

    private void again() {
        if (!stopped) {
            lane.schedule(this::connect, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void start(SessionTask task) {
        String id = task.sessionId();
        ModelShell shell = new ModelShell(id, linesASecond, new DataPath(id), lane, this::report);
        if (shells.putIfAbsent(id, shell) == null) {
            shell.begin();
        }
    }

    private void open(ServiceClient client, URI base, String pathAndQuery, WebSocketListener listener) {
        URI address = URI.create("wss://" + base.getAuthority() + pathAndQuery);
        connector.connect(address, client.upgradeHeaders(address), WebSocketSettings.DEFAULT, listener);
    }

    private void report(String sessionId) {
        TaskComplete content = new TaskComplete(sessionId, TaskComplete.SUCCESS, nodeId, "", TaskComplete.Logs.NONE, 1);
        byte[] message = Messages.taskComplete(content, UUID.randomUUID(), System.currentTimeMillis())
                .encode();
        channel.ifPresent(open -> open.send(ByteBuffer.wrap(message)));
    }

    private static ObjectNode request() {
        return JSON.createObjectNode()
                .put("MessageSchemaVersion", "1.0")
                .put("RequestId", UUID.randomUUID().toString());
    }

    @Override
    public void close() {
        stopped = true;
        lane.shutdownNow();
        connector.close();
        control.close();
        data.close();
    }

    private final class DataPath implements ModelShell.Path {
        private final String path;

        private DataPath(String sessionId) {
            path = "/v1/data-channel/" + sessionId;
        }

        @Override
        public String first() throws IOException {
            String token = data.channelToken(path, request().put("ClientId", ""));
            return OpenChannel.ofNodeData(UUID.randomUUID(), token, nodeId).toJson();
        }

        @Override
        public void connect(WebSocketListener listener) {
            open(data, dataUrl, path + "?role=publish_subscribe", listener);
        }
    }

    private final class Control implements WebSocketListener {
        private final String token;

        private Control(String token) {
            this.token = token;
        }

        @Override
        public void opened(WebSocketChannel made) {
            made.sendText(OpenChannel.ofNodeControl(UUID.randomUUID(), token, "3.3.0.0", "linux")
                    .toJson());
            channel = Optional.of(made);
        }

        @Override
        public void frame(ByteBuffer bytes) {
            try {
                AgentMessage message = AgentMessage.decode(bytes, true);
                if (message.type().equals(MessageTypes.INTERACTIVE_SHELL)) {
                    start(SessionTask.parse(message.payload()));
                } else if (message.type().equals(MessageTypes.CHANNEL_CLOSED)) {
                    ModelShell shell =
                            shells.get(ChannelClosed.parse(message.payload()).sessionId());
                    if (shell != null) {
                        shell.told();
                    }
                }
            } catch (MalformedMessageException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void closed(int code, String cause) {
            channel = Optional.empty();
            again();
        }
    }
}
