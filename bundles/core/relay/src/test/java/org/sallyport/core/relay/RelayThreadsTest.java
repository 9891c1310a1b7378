package org.sallyport.core.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.AgentMessage;

/** The relay with its real threads. */
class RelayThreadsTest {
    private static final int SESSIONS = 8;
    private static final int MESSAGES = 2_000;

    private final RelayThreads threads = new RelayThreads(Clock.systemUTC());
    private final DataChannels data = new DataChannels(
            threads.lanes(), threads.journals(), threads, new Calls(threads.calls(), threads), new FakeNeighbours());

    private DataChannel open(int session, boolean node, FakeConnection connection) {
        DataChannel channel = data.accept("s-" + session, node ? Optional.of(Bench.NODE) : Optional.empty());
        channel.opened(connection);
        channel.text("{\"TokenValue\":\"t\",\"ClientId\":\"c\"}");
        DataEnd end = node ? DataEnd.NODE : DataEnd.CLIENT;
        await().atMost(Duration.ofSeconds(10))
                .until(() -> data.attached("s-" + session).contains(end));
        return channel;
    }

    @Test
    void manySessionsAtOnceKeepTheirOrderAndTheThreadsEnd() throws Exception {
        List<FakeConnection> clients = new ArrayList<>();
        List<DataChannel> nodes = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            clients.add(new FakeConnection("client " + i));
            open(i, false, clients.get(i));
            nodes.add(open(i, true, new FakeConnection("node " + i)));
        }

        ExecutorService network = Executors.newFixedThreadPool(SESSIONS);
        for (DataChannel node : nodes) {
            network.execute(
                    () -> LongStream.range(0, MESSAGES).forEach(n -> node.frame(ByteBuffer.wrap(Wire.output(n, "x")))));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> clients.stream().allMatch(c -> c.count() == MESSAGES));
        network.shutdown();
        data.stop(10_000);
        threads.stop();

        assertThat(clients)
                .allSatisfy(client -> assertThat(client.messages())
                        .extracting(AgentMessage::sequenceNumber)
                        .containsExactlyElementsOf(
                                LongStream.range(0, MESSAGES).boxed().toList()))
                .allSatisfy(client -> assertThat(client.closed()).isTrue());
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("sallyport-relay-"));
    }
}
