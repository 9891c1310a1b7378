package org.sallyport.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.kernel.session.DataEnd;

/**
 * Sessions of all kinds of ends over connections that break, a relay that is killed and a recording that is swapped: each message arrives once,
 * in order, and is in the journal once; none is acknowledged before it is there. Every run is one seed; a failure names it.
 */
class ResumeModelTest {
    private static final int RUNS = Integer.getInteger("sallyport.model.runs", 100);
    private static final long FIRST = Long.getLong("sallyport.model.seed", 1);
    private static final int MESSAGES = 250;
    private static final long LIMIT_MILLIS = 600_000;

    enum Ends {
        OURS,
        AWS,
        AWS_WITH_HANDSHAKE,
        OUR_CLIENT,
        OUR_NODE
    }

    @ParameterizedTest
    @EnumSource
    void everyMessageArrivesOnceInOrderAndIsRecordedOnce(Ends ends) {
        int kills = 0;
        int cuts = 0;
        for (long seed = FIRST; seed < FIRST + RUNS; seed++) {
            try {
                ModelWorld world = run(ends, seed);
                kills += world.kills;
                cuts += world.cuts;
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("%s, seed %d: %s".formatted(ends, seed, e.getMessage()), e);
            }
        }

        assertThat(kills).isGreaterThan(RUNS / 2);
        assertThat(cuts).isGreaterThan(RUNS);
    }

    private static ModelWorld run(Ends ends, long seed) {
        ModelWorld world = new ModelWorld(seed);
        world.neighbours.sessionType = ends == Ends.AWS_WITH_HANDSHAKE ? "Port" : "Standard_Stream";
        ModelEnd client = ends == Ends.OURS || ends == Ends.OUR_CLIENT
                ? new OurModelEnd(world, DataEnd.CLIENT, MESSAGES)
                : new AwsModelClient(world, MESSAGES);
        ModelEnd node = ends == Ends.OURS || ends == Ends.OUR_NODE
                ? new OurModelEnd(world, DataEnd.NODE, MESSAGES)
                : new AwsModelNode(world, MESSAGES, ends == Ends.AWS_WITH_HANDSHAKE);
        world.ends(client, node);
        world.trouble();

        boolean complete = world.run(LIMIT_MILLIS);

        FakeJournals.Stored journal = world.neighbours.journals.stored(Bench.SESSION);
        same("what the client got", client.got, node.made);
        same("what the node got", node.got, client.made);
        same("recorded input", journal.texts(DataEnd.CLIENT), client.made);
        same("recorded output", journal.texts(DataEnd.NODE), node.made);
        assertThat(complete).as("every acknowledgement came").isTrue();
        assertThat(world.end()).as("the relay let go").isTrue();
        return world;
    }

    private static void same(String what, List<String> actual, List<String> made) {
        int i = 0;
        while (i < actual.size() && i < made.size() && actual.get(i).equals(made.get(i))) {
            i++;
        }
        if (i < actual.size() || i < made.size()) {
            throw new AssertionError("%s has %d messages instead of %d and differs at %d: %s"
                    .formatted(what, actual.size(), made.size(), i, i < actual.size() ? actual.get(i) : "missing"));
        }
    }
}
