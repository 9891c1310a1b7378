import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Answers every request with one node and one session over TLS, so that the classes which a command needs for a real answer get into the archive
 * that is made for a fast start. Run from its source by {@code archive-classes}: keystore, then the file to write the port to.
 */
final class TrainingServer {
    private static final String ANSWER =
            "{\"InstanceId\":\"mi-00000000000000000\",\"AccessKeyId\":\"none\",\"SecretAccessKey\":\"none\",\"SessionToken\":\"none\","
                    + "\"TokenExpirationDate\":4102444800,\"UpdateKeyPair\":false,\"InstanceInformationList\":[{\"InstanceId\":\"mi-0\",\"PingStatus\":\"Online\"}],\"SessionId\":\"none-0\","
                    + "\"TokenValue\":\"none\",\"StreamUrl\":\"wss://localhost:%d/v1/data-channel/none-0\"}";

    public static void main(String[] arguments) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(arguments[0]))) {
            store.load(in, "training".toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, "training".toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        byte[] answer = ANSWER.formatted(server.getAddress().getPort()).getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        Path port = Path.of(arguments[1]);
        Path whole = port.resolveSibling("port.new");
        Files.writeString(whole, Integer.toString(server.getAddress().getPort()));
        Files.move(whole, port);
    }
}
