package org.sallyport.protocol.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.PayloadType;
import org.sallyport.protocol.stream.StreamReceiver.Received;
import org.sallyport.protocol.stream.StreamSettings.Duplicates;

/** Two ends over a link that loses, doubles and reorders in both directions and breaks now and then. */
class LossyLinkTest {
    private static final int BYTES = 20_000;
    private static final StreamSettings SMALL = new StreamSettings(40, 8_000, 20, 2_000, 0, Duplicates.ACKNOWLEDGE);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void noByteIsLostDoubledOrReordered(long seed) {
        Simulation simulation = new Simulation(seed);

        simulation.run();

        assertThat(simulation.right.taken.toByteArray()).isEqualTo(simulation.left.toSend);
        assertThat(simulation.left.taken.toByteArray()).isEqualTo(simulation.right.toSend);
        assertThat(simulation.lost).isPositive();
        assertThat(simulation.refused).isPositive();
    }

    private static final class Simulation {
        private final Random random;
        private final PriorityQueue<Arrival> link = new PriorityQueue<>(Comparator.comparingLong(Arrival::time));
        private final End left;
        private final End right;
        private long now = 1_000;
        private int lost;
        private int refused;

        private Simulation(long seed) {
            random = new Random(seed);
            left = new End(MessageTypes.INPUT_STREAM_DATA);
            right = new End(MessageTypes.OUTPUT_STREAM_DATA);
            left.peer = right;
            right.peer = left;
        }

        private void run() {
            long end = now + 3_600_000;
            while (now < end && !(left.done() && right.done())) {
                now += 10;
                deliverDue();
                left.step();
                right.step();
                if (random.nextInt(2_000) == 0) {
                    link.clear();
                    left.sender.reconnected(now).forEach(left::transmit);
                    right.sender.reconnected(now).forEach(right::transmit);
                }
            }
        }

        private void deliverDue() {
            while (!link.isEmpty() && link.peek().time() <= now) {
                link.remove().action().run();
            }
        }

        private void transmit(Runnable arrival) {
            int copies = random.nextInt(5) == 0 ? 0 : random.nextInt(10) == 0 ? 2 : 1;
            lost += copies == 0 ? 1 : 0;
            for (int i = 0; i < copies; i++) {
                link.add(new Arrival(now + 1 + random.nextInt(120), arrival));
            }
        }

        private record Arrival(long time, Runnable action) {}

        private final class End {
            private final StreamSender sender;
            private final StreamReceiver receiver = new StreamReceiver(SMALL);
            private final byte[] toSend = new byte[BYTES];
            private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
            private int sent;
            private End peer;

            private End(String type) {
                sender = new StreamSender(SMALL, type, () -> new UUID(random.nextLong(), random.nextLong()));
                random.nextBytes(toSend);
            }

            private boolean done() {
                return sent == BYTES && sender.unacknowledged() == 0 && taken.size() >= BYTES;
            }

            private void step() {
                while (sent < BYTES && !sender.full() && random.nextInt(3) > 0) {
                    int length = Math.min(BYTES - sent, 1 + random.nextInt(300));
                    byte[] payload = new byte[length];
                    System.arraycopy(toSend, sent, payload, 0, length);
                    sent += length;
                    transmit(sender.send(PayloadType.OUTPUT, payload, now));
                }
                sender.tick(now).forEach(this::transmit);
                handle(receiver.drain(), message -> {});
            }

            private void transmit(AgentMessage message) {
                Simulation.this.transmit(() -> peer.arrived(message));
            }

            private void arrived(AgentMessage message) {
                Received received = receiver.frame(message);
                List<AgentMessage> acknowledge = new ArrayList<>(received.acknowledge());
                handle(received.deliver(), acknowledge::remove);
                acknowledge.forEach(
                        one -> Simulation.this.transmit(() -> peer.sender.acknowledged(one.sequenceNumber(), now)));
            }

            private void handle(List<AgentMessage> deliver, Consumer<AgentMessage> refusal) {
                for (AgentMessage message : deliver) {
                    if (random.nextInt(20) == 0) {
                        refused++;
                        receiver.refuse(message.sequenceNumber());
                        refusal.accept(message);
                        return;
                    }
                    taken.writeBytes(message.payload());
                }
            }
        }
    }
}
