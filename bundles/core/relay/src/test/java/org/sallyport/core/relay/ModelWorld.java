package org.sallyport.core.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.OpenChannel;

/** A session, its relay over several lives, and everything that goes wrong between them; all in virtual time. */
final class ModelWorld {
    private static final long STORM_MILLIS = 6_000;

    final FakeTime time = new FakeTime();
    final Random random;
    final int largest;
    final FakeNeighbours neighbours = new FakeNeighbours();
    private final List<ModelLink> links = new ArrayList<>();
    private final int slowness;
    private final int diskSlowness;
    private final boolean storm;
    private ModelEnd client;
    private ModelEnd node;
    private Life life;
    private int ended;
    int kills;
    int cuts;
    int swaps;

    /** One life of the relay: nothing of it runs after its end. */
    private final class Life implements Timer {
        private final Calls calls = new Calls(soon(5), this);
        private final DataChannels data = new DataChannels(soon(1), soon(diskSlowness), this, calls, neighbours);

        private Executor soon(int most) {
            return task -> after(random.nextInt(most + 1), task);
        }

        @Override
        public long millis() {
            return time.millis();
        }

        @Override
        public long epochMillis() {
            return time.epochMillis();
        }

        @Override
        public Runnable after(long delayMillis, Runnable task) {
            return time.after(delayMillis, () -> {
                if (life == this) {
                    task.run();
                }
            });
        }
    }

    ModelWorld(long seed) {
        random = new Random(seed);
        largest = random.nextInt(4) == 0 ? 6_000 : 40;
        slowness = random.nextInt(3) == 0 ? 12 : 1 + random.nextInt(4);
        diskSlowness = List.of(0, 5, 20, 400).get(random.nextInt(4));
        storm = random.nextInt(5) == 0;
        neighbours.separateOutput = random.nextInt(5) == 0;
        life = new Life();
    }

    void ends(ModelEnd theClient, ModelEnd theNode) {
        client = theClient;
        node = theNode;
        time.after(random.nextInt(100), () -> dial(client));
        time.after(random.nextInt(100), () -> dial(node));
    }

    /** Breaks something every now and then, for as long as the ends still make messages. */
    void trouble() {
        if (client.done() && node.done()) {
            return;
        }
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> cut(client);
            case 4, 5, 6 -> cut(node);
            case 7 -> kill();
            case 8 -> stop();
            default -> swap();
        }
        int calm = storm && time.millis() < STORM_MILLIS ? 60 : 600;
        time.after(5 + random.nextInt(calm), this::trouble);
    }

    private void cut(ModelEnd end) {
        cuts++;
        if (end.link != null) {
            end.link.cut(random.nextInt(200), random.nextInt(30));
        }
    }

    private void kill() {
        if (life == null) {
            return;
        }
        kills++;
        life = null;
        links.forEach(l -> l.cut(10_000_000, random.nextInt(30)));
        links.clear();
        neighbours.journals = neighbours.journals.successor();
        time.after(10 + random.nextInt(400), () -> life = new Life());
    }

    /** In good order: the relay has a moment to write what waits. */
    private void stop() {
        Life stopping = life;
        if (stopping != null) {
            stopping.data.stop(0);
            time.after(random.nextInt(100), () -> {
                if (life == stopping) {
                    kill();
                }
            });
        }
    }

    private void swap() {
        swaps++;
        neighbours.journals = neighbours.journals.successor();
        neighbours.journalsAway = true;
        time.after(random.nextInt(700), () -> neighbours.journalsAway = false);
    }

    void comeBack(ModelEnd end) {
        if (ended == 0) {
            time.after(10 + random.nextInt(120), () -> dial(end));
        }
    }

    private void dial(ModelEnd end) {
        if (end.link != null) {
            return;
        }
        if (life == null) {
            comeBack(end);
            return;
        }
        DataChannel channel =
                life.data.accept(Bench.SESSION, end.end == DataEnd.NODE ? Optional.of(Bench.NODE) : Optional.empty());
        ModelLink link = new ModelLink(end, channel, time, random, slowness);
        links.add(link);
        channel.opened(link);
        channel.text(new OpenChannel(
                        "request",
                        "token",
                        Optional.of("client-1"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false)
                .toJson());
        end.attached(link);
    }

    /** No message counts as received before it is recorded, and before the other end has it. */
    void checkAcknowledgement(DataEnd sender, long sequence) {
        if (!neighbours.journals.stored(Bench.SESSION).has(sender, sequence)) {
            throw new AssertionError("%s %d is acknowledged and not in the journal".formatted(sender, sequence));
        }
        ModelEnd other = sender == DataEnd.CLIENT ? node : client;
        if (!other.has.contains(sequence)) {
            throw new AssertionError("%s %d is acknowledged and was not received".formatted(sender, sequence));
        }
    }

    /** Until everything has arrived. False when it did not within the limit of virtual time. */
    boolean run(long limitMillis) {
        for (long i = 0; i < limitMillis; i += 100) {
            if (complete()) {
                return true;
            }
            time.advance(100);
        }
        return complete();
    }

    private boolean complete() {
        return client.done()
                && node.done()
                && client.settled()
                && node.settled()
                && client.got.size() >= node.made.size()
                && node.got.size() >= client.made.size();
    }

    /** Ends the session; whether the relay let go of it and of its journal. */
    boolean end() {
        time.advance(2_000);
        life.data.end(Bench.SESSION, "over", true);
        time.advance(10_000);
        return !life.data.holds(Bench.SESSION) && neighbours.journals.holders() == 0;
    }

    void ended(DataEnd end) {
        ended++;
    }
}
