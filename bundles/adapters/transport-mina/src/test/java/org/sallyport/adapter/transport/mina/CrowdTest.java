package org.sallyport.adapter.transport.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.channel.testing.Recorder;

/** Crowds of connections that say nothing, while others come and work. */
class CrowdTest {
    private static final String CROWD = "127.0.0.2";
    private static final int MANY = 2_000;
    /** Handshakes take this machine's time; the property makes the crowd as large as the other one. */
    private static final int MANY_WITH_TLS = Integer.getInteger("sallyport.crowd", 400);

    private static final Duration SOON = Duration.ofSeconds(90);

    private final TestPort port = new TestPort();
    private final List<Socket> crowd = new ArrayList<>();
    private Listener listener;

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : crowd) {
            socket.close();
        }
        port.close();
        listener.stop();
    }

    /** How far a silent connection goes. */
    enum Silence {
        BEFORE_TLS,
        AFTER_TLS,
        AFTER_UPGRADE
    }

    @ParameterizedTest
    @EnumSource
    void othersConnectAndWorkMeanwhileAndTheDeadlineEndsAllOfThem(Silence silence) throws Exception {
        int count = silence == Silence.BEFORE_TLS ? MANY : MANY_WITH_TLS;
        Duration deadline = Duration.ofSeconds(silence == Silence.BEFORE_TLS ? 20 : 10 + count / 40);
        serve(new TestSettings().handshake(deadline).request(deadline).firstMessage(deadline));
        Recorder early = port.connect(listener.localPort(), "/echo");
        echo(early, 1);
        long descriptors = descriptors();
        connect(count, silence);
        await().until(() -> listener.connections() == 1 + count);

        echo(early, 2);
        Recorder late = port.connect(listener.localPort(), "/echo");
        echo(late, 3);
        await().atMost(SOON).until(() -> listener.connections() == 2);
        echo(early, 4);
        echo(late, 5);
        // The test's own ends are still open; those of the port are not.
        assertThat(descriptors()).isLessThan(descriptors + count + 100);
    }

    @Test
    void aFullSourceIsRefusedAtOnceAndKeepsNobodyElseOut() throws Exception {
        serve(new TestSettings().pending(MANY, 50));
        Recorder settled = port.connect(listener.localPort(), "/echo");
        echo(settled, 1);
        connect(MANY, Silence.BEFORE_TLS);
        await().atMost(SOON).until(() -> listener.connections() == 1 + 50);

        echo(port.connect(listener.localPort(), "/echo"), 2);
        echo(settled, 3);
    }

    @Test
    void aConnectionThatRestsGivesWayToANewOneOfItsAddress() throws Exception {
        serve(new TestSettings().pending(MANY, 2));
        for (int i = 0; i < 10; i++) {
            SSLSocket socket = port.tls(listener.localPort());
            crowd.add(socket);
            socket.getOutputStream().write("GET /a HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 201");
            int rest = socket.getInputStream().read(new byte[1024]);
            assertThat(rest).isPositive();
        }
        await().until(() -> listener.connections() == 2);
    }

    @Test
    void descriptorsAndHeapReturnToWhatTheyWere() throws Exception {
        serve(new TestSettings().handshake(Duration.ofSeconds(3)));
        echo(port.connect(listener.localPort(), "/echo"), 1);
        long descriptors = descriptors();
        long heap = heap();
        for (int round = 0; round < 3; round++) {
            connect(500, Silence.BEFORE_TLS);
            await().atMost(SOON).until(() -> listener.connections() == 1);
            for (Socket socket : crowd) {
                socket.close();
            }
            crowd.clear();
        }

        await().atMost(SOON).until(() -> descriptors() <= descriptors + 20);
        await().atMost(SOON).until(() -> heap() < heap + (8 << 20));
    }

    private void connect(int count, Silence silence) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Socket>> opening = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                opening.add(threads.submit(() -> silent(silence)));
            }
            for (Future<Socket> socket : opening) {
                crowd.add(socket.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Socket silent(Silence silence) throws IOException {
        Socket plain = TestPort.plain(listener.localPort(), CROWD);
        return switch (silence) {
            case BEFORE_TLS -> plain;
            case AFTER_TLS -> port.tls(plain);
            case AFTER_UPGRADE -> port.upgraded(plain, "/sink");
        };
    }

    private void serve(TestSettings settings) {
        listener = new Listener(settings.get(), () -> port.identity, () -> port.endpoint);
        listener.start();
    }

    private static void echo(Recorder client, int content) throws Exception {
        client.channel().send(ByteBuffer.wrap(new byte[] {(byte) content}));
        assertThat(client.frame()).containsExactly(content);
    }

    private static long descriptors() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
