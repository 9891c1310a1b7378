package org.sallyport.channel.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.sallyport.protocol.websocket.Upgrade;

/** A blocking TLS server for web-sockets: one thread a connection, and a script of what it does after the request was read. */
public final class TestSocketServer implements AutoCloseable {
    /** One connection of the server. */
    public record Peer(SSLSocket socket, String requestLine, List<Map.Entry<String, String>> headers) {
        public void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        public void write(ByteBuffer bytes) throws IOException {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            write(copy);
        }

        public void accept() throws IOException {
            write(Upgrade.serverAnswer(headers));
        }

        public InputStream in() throws IOException {
            return socket.getInputStream();
        }
    }

    /** What the server does with a connection. */
    public interface Script {
        void run(Peer peer) throws Exception;
    }

    private final SSLServerSocket server;
    private final Set<SSLSocket> sockets = ConcurrentHashMap.newKeySet();

    public TestSocketServer(SSLContext context, Script script) throws IOException {
        server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 16, InetAddress.getByName("127.0.0.1"));
        daemon(() -> {
            while (true) {
                SSLSocket socket = (SSLSocket) server.accept();
                sockets.add(socket);
                daemon(() -> serve(socket, script));
            }
        });
    }

    public URI uri(String host) {
        return URI.create(
                "wss://" + host + ":" + server.getLocalPort() + "/v1/data-channel/s-1?role=publish_subscribe");
    }

    public int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SSLSocket socket : sockets) {
            socket.close();
        }
    }

    private static void serve(SSLSocket socket, Script script) throws Exception {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                return;
            }
            head.append((char) octet);
        }
        String[] lines = head.toString().split("\r\n");
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (String line : List.of(lines).subList(1, lines.length)) {
            int colon = line.indexOf(':');
            headers.add(Map.entry(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        script.run(new Peer(socket, lines[0], headers));
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Exception e) {
                // The test's own assertions see what a broken connection means.
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** A plain HTTP answer. */
    public static byte[] http(String statusLine) {
        return (statusLine + "\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
