package org.sallyport.core.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sallyport.core.status.client.Lines;
import org.sallyport.core.status.client.StatusClient;
import org.sallyport.core.status.client.StatusSockets;

@Timeout(120)
class SocketServerTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final AtomicReference<ServerStatus> status = new AtomicReference<>(Samples.healthy());
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path data;
    private SocketServer server;

    @BeforeEach
    void start() throws IOException {
        // not below the build's folder: the path of a socket is short
        data = Files.createTempDirectory(Path.of("/tmp"), "sp");
        server = new SocketServer(StatusSockets.in(data), status::get);
        server.start();
    }

    @AfterEach
    void end() throws IOException {
        server.close();
        Files.deleteIfExists(StatusSockets.in(data).getParent());
        Files.deleteIfExists(data);
    }

    @Test
    void theClientPrintsTheStatusAndItsExitStatusSaysHowItIs() {
        assertThat(ask(false)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("Sallyport 0.1.0")
                .contains("healthy");

        status.set(Samples.notReady("no transport listens"));
        assertThat(ask(true)).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"missing\":[\"no transport listens\"]");
    }

    @Test
    void withoutAServerTheExitStatusIsTwo() {
        server.close();

        assertThat(ask(false)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no server runs");
        assertThat(StatusSockets.in(data)).doesNotExist();
    }

    @Test
    void onlyTheOwnerReachesTheSocket() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(StatusSockets.in(data))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(StatusSockets.in(data).getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void whatAKilledServerLeftIsReplacedAndWhatAnotherServesIsNot() throws IOException {
        SocketServer second = new SocketServer(StatusSockets.in(data), status::get);
        assertThatThrownBy(second::start).isInstanceOf(IOException.class).hasMessageContaining("another server");
        second.close();
        assertThat(ask(false)).isZero();

        server.close();
        Files.createFile(StatusSockets.in(data));
        server = new SocketServer(StatusSockets.in(data), status::get);
        server.start();
        assertThat(ask(false)).isZero();
    }

    @Test
    void aQuestionThatIsTooLongIsCut() throws IOException {
        try (SocketChannel channel = connect()) {
            // the server may close while the rest is on its way
            assertThatThrownBy(() -> {
                        Lines.write(channel, new byte[Lines.QUESTION + 1], LONG);
                        Lines.read(channel, Lines.ANSWER, LONG);
                    })
                    .isInstanceOf(IOException.class);
        }
        assertThat(ask(false)).isZero();
    }

    @Test
    void anUnknownQuestionIsAnsweredWithWhatThereIs() throws IOException {
        try (SocketChannel channel = connect()) {
            Lines.write(channel, "{\"ask\":\"shell\"}".getBytes(StandardCharsets.UTF_8), LONG);
            assertThat(new String(Lines.read(channel, Lines.ANSWER, LONG), StandardCharsets.UTF_8))
                    .contains("\"exit\":1")
                    .contains("This server answers");
        }
    }

    @Test
    void silentPeersAreClosedAndMoreThanFourAreNotKept() throws IOException {
        List<SocketChannel> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                silent.add(connect());
            }
            for (SocketChannel channel : silent) {
                assertThatThrownBy(() -> Lines.read(channel, 1, LONG))
                        .isInstanceOf(IOException.class)
                        .hasMessageNotContaining("in time");
            }
        } finally {
            for (SocketChannel channel : silent) {
                channel.close();
            }
        }
        Awaitility.await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> assertThat(ask(false))
                .isZero());
    }

    @Test
    void aPeerThatWritesDropByDropRunsIntoTheLimitOfTheWholeLine() throws IOException {
        try (SocketChannel channel = connect()) {
            Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> {
                try {
                    channel.write(ByteBuffer.wrap(new byte[] {'x'}));
                    return false;
                } catch (IOException closed) {
                    return true;
                }
            });
        }
    }

    private SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(StatusSockets.in(data)));
        channel.configureBlocking(false);
        return channel;
    }

    private int ask(boolean json) {
        out.reset();
        err.reset();
        return StatusClient.ask(
                data,
                json,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
