package org.sallyport.test.e2e.replay;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.websocket.FrameDecoder;
import org.sallyport.protocol.websocket.FrameEncoder;
import org.sallyport.protocol.websocket.FrameSink;
import org.sallyport.protocol.websocket.Role;
import org.sallyport.protocol.websocket.WebSocketProtocolException;

/** One TLS connection to a port of the server, byte for byte: HTTP first, a web-socket after an upgrade. One thread uses it; another reads frames. */
final class Wire implements AutoCloseable {
    private static final long WAIT_SECONDS = 30;
    private static final int MAX_MESSAGE = 1 << 20;

    /** An answer; header names in lower case. */
    record Answer(int status, Map<String, String> headers, String body) {}

    private final SSLSocket socket;
    private final InputStream in;
    private final FrameEncoder encoder = new FrameEncoder(Role.CLIENT);
    private final List<AgentMessage> received = new ArrayList<>();
    private final List<String> pongs = new ArrayList<>();

    Wire(SSLContext context, String host, int port) throws IOException {
        socket = (SSLSocket) context.getSocketFactory().createSocket(host, port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
        socket.startHandshake();
        in = socket.getInputStream();
    }

    void send(ByteBuffer bytes) throws IOException {
        byte[] array = new byte[bytes.remaining()];
        bytes.get(array);
        synchronized (encoder) {
            socket.getOutputStream().write(array);
            socket.getOutputStream().flush();
        }
    }

    void text(String message) throws IOException {
        send(encoder.text(message));
    }

    void binary(byte[] message) throws IOException {
        send(encoder.binary(ByteBuffer.wrap(message)));
    }

    void ping(byte[] payload) throws IOException {
        send(encoder.ping(payload));
    }

    Answer answer() throws IOException {
        List<String> head = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            head.add(line);
        }
        Map<String, String> headers = new HashMap<>();
        head.stream()
                .skip(1)
                .forEach(line -> headers.put(
                        line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
                        line.substring(line.indexOf(':') + 1).strip()));
        int status = Integer.parseInt(head.get(0).split(" ")[1]);
        byte[] body = "chunked".equals(headers.get("transfer-encoding"))
                ? chunks()
                : in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int size = size(); size > 0; size = size()) {
            all.write(in.readNBytes(size));
            line();
        }
        line();
        return all.toByteArray();
    }

    private int size() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection after: " + line);
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    /** After the upgrade: whatever comes is kept. */
    void readFrames() {
        Thread reader = new Thread(
                () -> {
                    FrameDecoder decoder = new FrameDecoder(Role.CLIENT, MAX_MESSAGE);
                    byte[] buffer = new byte[16 * 1024];
                    try {
                        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                            decoder.feed(ByteBuffer.wrap(buffer, 0, n), new Kept());
                        }
                    } catch (IOException | WebSocketProtocolException e) {
                        // Closed by one of both; what is missing then is missed by who waits for it.
                        Thread.currentThread().interrupt();
                    }
                },
                "replay-read");
        reader.setDaemon(true);
        reader.start();
    }

    /** What came until now, in order. */
    List<AgentMessage> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    AgentMessage await(String what, Predicate<AgentMessage> wanted) {
        return Awaitility.await(what)
                .pollInterval(2, TimeUnit.MILLISECONDS)
                .atMost(WAIT_SECONDS, TimeUnit.SECONDS)
                .until(() -> received().stream().filter(wanted).findFirst().orElse(null), found -> found != null);
    }

    void awaitPong(String payload) {
        Awaitility.await("the pong " + payload)
                .pollInterval(2, TimeUnit.MILLISECONDS)
                .atMost(WAIT_SECONDS, TimeUnit.SECONDS)
                .until(() -> {
                    synchronized (pongs) {
                        return pongs.remove(payload);
                    }
                });
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private final class Kept implements FrameSink {
        @Override
        public void binary(ByteBuffer message) {
            try {
                AgentMessage decoded = AgentMessage.decode(message, true);
                synchronized (received) {
                    received.add(decoded);
                }
            } catch (MalformedMessageException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void text(String message) {
            throw new IllegalStateException("the server sent text: " + message);
        }

        @Override
        public void ping(byte[] payload) {
            try {
                send(encoder.pong(payload));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void pong(byte[] payload) {
            synchronized (pongs) {
                pongs.add(new String(payload, StandardCharsets.UTF_8));
            }
        }

        @Override
        public void close(int code, String reason) {
            // The connection's end follows.
        }
    }
}
