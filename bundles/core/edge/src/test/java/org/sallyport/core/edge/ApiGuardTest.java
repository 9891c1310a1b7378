package org.sallyport.core.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.core.edge.tls.OwnAuthority;
import org.sallyport.core.edge.tls.ServerCertificate;
import org.sallyport.core.edge.tls.TlsFiles;

/** The API port under peers that are silent, slow or many; real sockets and a real web server. */
class ApiGuardTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final String CROWD = "127.0.0.2";
    private static final int MANY = 2_000;
    private static final int BODIES = 5;

    @TempDir
    Path folder;

    private final TestWebServer web = new TestWebServer();
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor();
    private final List<Socket> crowd = new ArrayList<>();
    private ServerCertificate certificate;
    private ApiGuard guard;
    private int port;

    @BeforeEach
    void certificate() {
        certificate = new OwnAuthority(new TlsFiles(folder), List.of("localhost"), Duration.ofDays(397)).current();
    }

    @AfterEach
    void close() throws Exception {
        clockwork.shutdownNow();
        for (Socket socket : crowd) {
            socket.close();
        }
        web.close();
    }

    static Stream<Arguments> drips() {
        return Stream.of(
                Arguments.of("TLS handshake", null, new ApiGuard.Limits(100, 100, BODIES, SHORT, LONG)),
                Arguments.of("head", "POST / HTTP/1.1\r\nA: ", new ApiGuard.Limits(100, 100, BODIES, SHORT, LONG)),
                Arguments.of(
                        "head of a later request",
                        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\nPOST / HTTP/1.1\r\nA: ",
                        new ApiGuard.Limits(100, 100, BODIES, SHORT, LONG)),
                Arguments.of(
                        "body",
                        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\n",
                        new ApiGuard.Limits(100, 100, BODIES, LONG, SHORT)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("drips")
    void aDripMeetsItsDeadlineAndOthersAreServed(String place, String begin, ApiGuard.Limits limits) throws Exception {
        serve(limits);
        Socket plain = TestWebServer.plain(port, CROWD);
        crowd.add(plain);
        if (begin == null) {
            plain.getOutputStream().write(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc});
        } else {
            SSLSocket tls = TestWebServer.tls(plain, certificate);
            crowd.add(tls);
            tls.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
        }
        Socket dripping = crowd.get(crowd.size() - 1);
        await().pollInterval(Duration.ofMillis(100)).atMost(LONG).until(() -> {
            served();
            return drip(dripping) && guard.connections() == 0;
        });
    }

    @Test
    void connectionsThatSayNothingAreClosedAndKeepNobodyOut() throws Exception {
        serve(new ApiGuard.Limits(MANY + 100, MANY, BODIES, Duration.ofSeconds(15), LONG));
        for (int i = 0; i < MANY; i++) {
            crowd.add(TestWebServer.plain(port, CROWD));
        }
        await().until(() -> guard.connections() == MANY);
        served();
        await().atMost(LONG).until(() -> guard.connections() == 0);
        served();
    }

    @Test
    void aFullSourceIsRefusedAndNobodyElse() throws Exception {
        serve(new ApiGuard.Limits(1_000, 20, BODIES, LONG, LONG));
        for (int i = 0; i < 200; i++) {
            crowd.add(TestWebServer.plain(port, CROWD));
        }
        await().until(() -> guard.connections() == 20);

        served();
        assertThatThrownBy(() -> TestWebServer.tls(TestWebServer.plain(port, CROWD), certificate))
                .isInstanceOf(IOException.class);
        for (Socket socket : crowd) {
            socket.close();
        }
        await().until(() -> guard.connections() == 0);
        crowd.add(TestWebServer.tls(TestWebServer.plain(port, CROWD), certificate));
    }

    @Test
    void beyondTheTotalConnectionsAreRefusedUntilOneGoes() throws Exception {
        serve(new ApiGuard.Limits(2, 100, BODIES, LONG, LONG));
        SSLSocket first = TestWebServer.tls(port, certificate);
        SSLSocket second = TestWebServer.tls(port, certificate);
        assertThatThrownBy(() -> TestWebServer.tls(port, certificate)).isInstanceOf(IOException.class);
        first.close();
        await().until(() -> guard.connections() == 1);
        served();
        assertThat(TestWebServer.ask(second)).startsWith("HTTP/1.1 400 ");
        second.close();
    }

    @Test
    void bodiesThatDoNotComeTakeOnlyAFewThreadsAndTheirSourceIsServedStill() throws Exception {
        serve(new ApiGuard.Limits(100, 100, BODIES, LONG, LONG));
        for (int i = 0; i < 6 * BODIES; i++) {
            SSLSocket slow = TestWebServer.tls(TestWebServer.plain(port, CROWD), certificate);
            crowd.add(slow);
            slow.getOutputStream()
                    .write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\n{"
                            .getBytes(StandardCharsets.US_ASCII));
        }
        await().during(Duration.ofMillis(300)).until(() -> guard.connections() == BODIES);

        served();
        try (SSLSocket same = TestWebServer.tls(TestWebServer.plain(port, CROWD), certificate)) {
            assertThat(TestWebServer.ask(same)).startsWith("HTTP/1.1 400 ");
        }
        for (Socket socket : crowd) {
            socket.close();
        }
        await().until(() -> guard.connections() == 0);
    }

    @Test
    void whoWaitsForThreadsThatAreBehindIsServedAndNotLate() throws Exception {
        serve(new ApiGuard.Limits(100, 100, BODIES, Duration.ofSeconds(2), LONG));
        CountDownLatch enough = new CountDownLatch(1);
        try (SSLSocket waiting = TestWebServer.tls(port, certificate)) {
            web.holdAllThreads(enough);
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return TestWebServer.ask(waiting);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            await().during(Duration.ofSeconds(5)).until(() -> guard.connections() == 1);
            enough.countDown();
            assertThat(answer).succeedsWithin(LONG).asString().startsWith("HTTP/1.1 400 ");
        } finally {
            enough.countDown();
        }
    }

    @Test
    void aConnectionThatRestsBetweenRequestsIsNotLate() throws Exception {
        serve(new ApiGuard.Limits(100, 100, BODIES, SHORT, SHORT));
        try (SSLSocket socket = TestWebServer.tls(port, certificate)) {
            assertThat(TestWebServer.ask(socket)).startsWith("HTTP/1.1 400 ");
            await().during(Duration.ofSeconds(3)).until(() -> guard.connections() == 1);
            assertThat(TestWebServer.ask(socket)).startsWith("HTTP/1.1 400 ");
        }
    }

    private void serve(ApiGuard.Limits limits) {
        guard = new ApiGuard(limits);
        clockwork.scheduleWithFixedDelay(guard::look, 100, 100, TimeUnit.MILLISECONDS);
        ApiConnector connector = new ApiConnector(0, org.sallyport.core.edge.tls.Keystore.context(certificate), guard);
        web.open(connector);
        port = connector.localPort();
    }

    private void served() throws IOException {
        try (SSLSocket other = TestWebServer.tls(port, certificate)) {
            assertThat(TestWebServer.ask(other)).startsWith("HTTP/1.1 400 ");
        }
    }

    private static boolean drip(Socket socket) {
        try {
            socket.getOutputStream().write('a');
        } catch (IOException e) {
            assertThat(e).as("closed by the port").isNotNull();
        }
        return true;
    }
}
