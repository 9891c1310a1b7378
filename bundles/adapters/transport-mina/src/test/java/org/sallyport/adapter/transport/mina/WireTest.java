package org.sallyport.adapter.transport.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.channel.testing.Recorder;
import org.sallyport.channel.testing.TestCa;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.channel.websocket.WebSocketChannel;
import org.sallyport.protocol.sigv4.SigningCredentials;
import org.sallyport.spi.transport.Connection;

class WireTest {
    private final TestPort port = new TestPort();
    private final Listener listener = new Listener(TestPort.SETTINGS, () -> port.identity, () -> port.endpoint);

    @BeforeEach
    void start() {
        listener.start();
    }

    @AfterEach
    void stop() {
        port.close();
        listener.stop();
    }

    @Test
    void messagesOfRandomSizesComeBackWholeAndInOrder() throws Exception {
        Random random = new Random(42);
        Recorder client = port.connect(listener.localPort(), "/echo");
        WebSocketChannel channel = client.channel();
        for (int i = 0; i < 60; i++) {
            byte[] message = new byte[i % 10 == 9 ? 900_000 + random.nextInt(148_576) : random.nextInt(70_000)];
            random.nextBytes(message);
            channel.send(ByteBuffer.wrap(message));
            assertThat(client.frame()).isEqualTo(message);
        }
    }

    @Test
    void aStreamOfManySmallMessagesKeepsItsOrder() throws Exception {
        Recorder client = port.connect(listener.localPort(), "/echo");
        WebSocketChannel channel = client.channel();
        for (int i = 0; i < 20_000; i++) {
            channel.send(ByteBuffer.allocate(4).putInt(i).flip());
        }
        for (int i = 0; i < 20_000; i++) {
            assertThat(ByteBuffer.wrap(client.frame()).getInt()).isEqualTo(i);
        }
    }

    @Test
    void textReachesTheHandler() throws Exception {
        port.connect(listener.localPort(), "/sink").channel().sendText("{\"TokenValue\":\"ä\"}");

        assertThat(port.peers.take().texts.poll(10, TimeUnit.SECONDS)).isEqualTo("{\"TokenValue\":\"ä\"}");
    }

    @Test
    void theServersCloseReachesTheClientBehindItsMessages() throws Exception {
        Recorder client = port.connect(listener.localPort(), "/sink");
        Connection connection = port.peers.take().connection();
        connection.send(ByteBuffer.allocate(700_000));
        connection.close(4000, "that is all");

        assertThat(client.frame()).hasSize(700_000);
        assertThat(client.end().code()).isEqualTo(4000);
        assertThat(client.end().cause()).contains("that is all");
        await().until(() -> listener.connections() == 0);
    }

    @Test
    void aClientThatVanishesIsReportedOnce() throws Exception {
        Recorder client = port.connect(listener.localPort(), "/sink");
        client.channel();
        port.connector.close();

        assertThat(port.peers.take().cause()).contains("1001");
    }

    @Test
    void ourClientGetsAChannelTokenFromThePort() throws Exception {
        SigningCredentials key = new SigningCredentials("AKIDEXAMPLE", "secret", Optional.empty());
        ServiceSettings settings = new ServiceSettings(
                URI.create("https://localhost:" + listener.localPort()),
                "r-1",
                port.trust,
                ProxySettings.direct(),
                () -> key);
        try (ServiceClient client = new ServiceClient(settings)) {
            assertThat(client.channelToken("/v1/data-channel/s", JsonNodeFactory.instance.objectNode()))
                    .isEqualTo("POST/v1/data-channel/s2");
        }
    }

    @Test
    void thePinnedAuthorityCanBeFetchedFromThePort() throws Exception {
        URI uri = URI.create("https://localhost:" + listener.localPort());

        assertThat(CaTrust.fetchPinned(uri, port.ca.fingerprint())).contains("BEGIN CERTIFICATE");
        assertThatThrownBy(() -> CaTrust.fetchPinned(uri, new TestCa("Other").fingerprint()))
                .hasMessageContaining("could not be verified");
    }

    @Test
    void severalRequestsShareAConnectionAlsoPipelinedAndChunked() throws Exception {
        try (SSLSocket socket = port.tls(listener.localPort())) {
            String first = "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";
            String second =
                    "POST /b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n";
            String third = "GET /c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write((first + second + third).getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .containsSubsequence(
                            "201 Created", "POST/a3", "201 Created", "POST/b5", "201 Created", "close", "GET/c0");
        }
    }

    @Test
    void aClientThatWaitsForContinueGetsIt() throws Exception {
        try (SSLSocket socket = port.tls(listener.localPort())) {
            socket.getOutputStream()
                    .write(
                            "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(line(socket)).isEqualTo("HTTP/1.1 100 Continue");
            socket.getOutputStream().write('x');
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .contains("POST/a1");
        }
    }

    @Test
    void aRefusedUpgradeTellsItsStatus() throws Exception {
        assertThat(port.connect(listener.localPort(), "/refused").end().cause()).contains("403");
    }

    @Test
    void anEndpointThatThrowsIsAnsweredWith500() throws Exception {
        try (SSLSocket socket = port.tls(listener.localPort())) {
            socket.getOutputStream()
                    .write("GET /fails HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(line(socket)).isEqualTo("HTTP/1.1 500 Internal Server Error");
        }
    }

    private static String line(SSLSocket socket) throws Exception {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = socket.getInputStream().read();
                octet >= 0 && octet != '\n';
                octet = socket.getInputStream().read()) {
            line.write(octet);
        }
        return line.toString(StandardCharsets.US_ASCII).strip();
    }
}
