package org.sallyport.agent.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import org.sallyport.protocol.sigv4.Authorization;
import org.sallyport.protocol.sigv4.SigV4Verifier;
import org.sallyport.protocol.sigv4.SignatureFormatException;
import org.sallyport.protocol.websocket.Upgrade;

/**
 * What a node needs of a server, on one loopback port, from the protocol's own codecs: each signature is verified. One thread a
 * connection.
 */
public final class TestServer implements AutoCloseable {
    public static final String NODE = "mi-0123456789abcdef0";
    public static final String CODE = "CodeCodeCodeCodeCode";
    /** The one way of proof with the one document that this server takes. */
    public static final String PROOF = "cloud {\"pkcs7\":\"MIAGsigned\"}";

    public static final String REGION = "onprem-1";
    private static final String SECRET = "roleSecret/0123456789";
    private static final String SESSION_TOKEN = "role-session-token";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestTls tls = new TestTls();
    private final SSLServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<TestChannel> controls = new LinkedBlockingQueue<>();
    private final BlockingQueue<TestChannel> datas = new LinkedBlockingQueue<>();
    private final AtomicInteger roleTokens = new AtomicInteger();
    public final BlockingQueue<JsonNode> reports = new LinkedBlockingQueue<>();
    public final BlockingQueue<String> refusals = new LinkedBlockingQueue<>();
    private final AtomicInteger silences = new AtomicInteger();
    private final AtomicInteger hangUps = new AtomicInteger();
    private volatile PublicKey nodeKey;
    private volatile String dataRefusal;
    private volatile KeyChange keyChange = KeyChange.NOT_WANTED;
    private volatile long tokenLifeSeconds = 3600;

    /** What the server does about a node's key. */
    public enum KeyChange {
        NOT_WANTED,
        TAKEN,
        /** Taken, but the node hears nothing of it. */
        TAKEN_IN_SILENCE,
        REFUSED
    }

    public TestServer() throws Exception {
        listener = (SSLServerSocket)
                tls.context().getServerSocketFactory().createServerSocket(0, 64, InetAddress.getByName("127.0.0.1"));
        daemon(() -> {
            while (!listener.isClosed()) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                daemon(() -> serve(HttpPeer.read(socket)));
            }
        });
    }

    public URI url() {
        return URI.create("https://127.0.0.1:" + listener.getLocalPort());
    }

    public TestTls tls() {
        return tls;
    }

    /** Takes a node as registered. */
    public void trust(PublicKey key) {
        nodeKey = key;
    }

    public PublicKey nodeKey() {
        return nodeKey;
    }

    /** What the next answers say about the key, and what becomes of a change. */
    public void onKeyChange(KeyChange what) {
        keyChange = what;
    }

    public int roleTokens() {
        return roleTokens.get();
    }

    public void roleTokensLive(long seconds) {
        tokenLifeSeconds = seconds;
    }

    /** CreateDataChannel answers with this error from now on; null for none. */
    public void refuseDataChannels(String text) {
        dataRefusal = text;
    }

    /** The next calls of CreateDataChannel get no answer, as if their packets had vanished. */
    public void vanish(int calls) {
        silences.set(calls);
    }

    /** The connections of the next calls of CreateDataChannel end without an answer, as if no server were there. */
    public void hangUp(int calls) {
        hangUps.set(calls);
    }

    public TestChannel control() throws InterruptedException {
        return need(controls.poll(60, TimeUnit.SECONDS), "control channel");
    }

    public TestChannel data() throws InterruptedException {
        return need(datas.poll(60, TimeUnit.SECONDS), "data channel");
    }

    public JsonNode report() throws InterruptedException {
        return need(reports.poll(60, TimeUnit.SECONDS), "report");
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void serve(HttpPeer peer) throws Exception {
        String path = peer.request().rawPath();
        if (path.startsWith("/v1/")) {
            if (!signedByRole(peer, "ssmmessages")) {
                refuse(peer, 403, "AccessDeniedException", "bad signature");
            } else if (Upgrade.requested(peer.request().headers())) {
                upgrade(peer, path.startsWith("/v1/control-channel/" + NODE) ? controls : datas);
            } else if (path.startsWith("/v1/data-channel/") && taken(silences)) {
                peer.socket().getInputStream().read();
            } else if (path.startsWith("/v1/data-channel/") && taken(hangUps)) {
                peer.socket().close();
            } else if (path.startsWith("/v1/data-channel/") && dataRefusal != null) {
                refuse(peer, 400, "AccessDeniedException", dataRefusal);
            } else {
                peer.answer(
                        201,
                        "application/xml",
                        "<Answer><MessageSchemaVersion>1.0</MessageSchemaVersion><TokenValue>token-for-%s</TokenValue></Answer>"
                                .formatted(path.substring(path.lastIndexOf('/') + 1)));
            }
            return;
        }
        switch (peer.header("X-Amz-Target")) {
            case "AmazonSSM.RegisterManagedInstance" -> register(peer);
            case "AmazonSSM.RequestManagedInstanceRoleToken" -> roleToken(peer);
            case "AmazonSSM.UpdateManagedInstancePublicKey" -> changeKey(peer);
            case "AmazonSSM.UpdateInstanceInformation" -> {
                if (signedByRole(peer, "ssm")) {
                    reports.add(JSON.readTree(peer.body()));
                    peer.answer(200, "application/x-amz-json-1.1", "{}");
                } else {
                    refuse(peer, 400, "AccessDeniedException", "bad signature");
                }
            }
            default -> peer.answer(404, "text/plain", "");
        }
    }

    private static boolean taken(AtomicInteger left) {
        return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    private void register(HttpPeer peer) throws Exception {
        JsonNode body = JSON.readTree(peer.body());
        boolean activation = body.path("ActivationCode").asText().equals(CODE);
        boolean proof =
                (body.path("ProofMethod").asText() + " " + body.path("Proof").asText()).equals(PROOF);
        if (!peer.header("Authorization").isEmpty() || activation == proof) {
            refuse(peer, 400, "InvalidActivation", "The activation is not valid");
            return;
        }
        byte[] key = Base64.getDecoder().decode(body.path("PublicKey").asText());
        nodeKey = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key));
        peer.answer(200, "application/x-amz-json-1.1", "{\"InstanceId\":\"" + NODE + "\"}");
    }

    private void roleToken(HttpPeer peer) throws Exception {
        Authorization authorization = Authorization.parse(peer.request());
        PublicKey key = nodeKey;
        if (key == null
                || !authorization.accessKeyId().equals(NODE)
                || !SigV4Verifier.rsaPssMatches(peer.request(), authorization, key)) {
            refuse(peer, 400, "AccessDeniedException", "not this node's key");
            return;
        }
        roleTokens.incrementAndGet();
        peer.answer(
                200,
                "application/x-amz-json-1.1",
                "{\"AccessKeyId\":\"ASIATEST\",\"SecretAccessKey\":\"%s\",\"SessionToken\":\"%s\",\"TokenExpirationDate\":%d.5,\"UpdateKeyPair\":%b}"
                        .formatted(
                                SECRET,
                                SESSION_TOKEN,
                                Instant.now().getEpochSecond() + tokenLifeSeconds,
                                keyChange != KeyChange.NOT_WANTED));
    }

    private void changeKey(HttpPeer peer) throws Exception {
        Authorization authorization = Authorization.parse(peer.request());
        if (keyChange == KeyChange.REFUSED || !SigV4Verifier.rsaPssMatches(peer.request(), authorization, nodeKey)) {
            refuse(peer, 400, "ValidationException", "no such key");
            return;
        }
        JsonNode body = JSON.readTree(peer.body());
        byte[] key = Base64.getDecoder().decode(body.path("NewPublicKey").asText());
        nodeKey = KeyFactory.getInstance(body.path("NewPublicKeyType").asText().toUpperCase(Locale.ROOT))
                .generatePublic(new X509EncodedKeySpec(key));
        if (keyChange == KeyChange.TAKEN_IN_SILENCE) {
            peer.socket().close();
        } else {
            peer.answer(200, "application/x-amz-json-1.1", "{}");
        }
    }

    private static boolean signedByRole(HttpPeer peer, String service) throws SignatureFormatException {
        Authorization authorization = Authorization.parse(peer.request());
        return authorization.service().equals(service)
                && authorization.region().equals(REGION)
                && authorization.sessionToken().filter(SESSION_TOKEN::equals).isPresent()
                && SigV4Verifier.hmacMatches(peer.request(), authorization, SECRET);
    }

    private void refuse(HttpPeer peer, int status, String code, String text) throws IOException {
        refusals.add(text);
        peer.answer(
                status, "application/x-amz-json-1.1", "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(code, text));
    }

    private static void upgrade(HttpPeer peer, BlockingQueue<TestChannel> to) throws IOException {
        peer.socket()
                .getOutputStream()
                .write(Upgrade.serverAnswer(peer.request().headers()));
        TestChannel channel = new TestChannel(peer.socket());
        to.add(channel);
        channel.readToEnd();
    }

    private static <T> T need(T found, String what) {
        if (found == null) {
            throw new AssertionError("no " + what + " of the node in 60 s");
        }
        return found;
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // The node, or the test, has closed the connection; what that means is asserted there.
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                throw new AssertionError("test server", e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
