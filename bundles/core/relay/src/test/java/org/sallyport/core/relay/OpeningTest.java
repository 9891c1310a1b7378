package org.sallyport.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sallyport.core.relay.Bench.Peer;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.ChannelClosed;
import org.sallyport.protocol.message.MessageTypes;

/** From a good token to a session with its journal, and what may happen in between. */
class OpeningTest {
    private final Bench bench = new Bench();

    private static String lastText(Peer peer) throws Exception {
        List<AgentMessage> messages = peer.connection().messages();
        AgentMessage last = messages.get(messages.size() - 1);
        assertThat(last.type()).isEqualTo(MessageTypes.CHANNEL_CLOSED);
        return ChannelClosed.parse(last.payload()).output();
    }

    @Test
    void aSessionWithoutAJournalEnds() throws Exception {
        bench.neighbours.journals.beginsByItself = false;

        Peer client = bench.client();

        assertThat(lastText(client)).contains("no record");
        assertThat(bench.neighbours.told).singleElement().asString().startsWith("recordingFailed");
        assertThat(bench.data.holds(Bench.SESSION)).isFalse();
    }

    @Test
    void aSessionWhoseJournalCannotBeOpenedEnds() throws Exception {
        bench.neighbours.journals.impossible = "The disk is full.";

        assertThat(lastText(bench.client())).isEqualTo("The disk is full.");

        assertThat(bench.neighbours.told).containsExactly("recordingFailed The disk is full.");
    }

    @Test
    void aTokenIsTakenOnceHoweverLongTheRecordingIsAway() {
        bench.neighbours.journalsAway = true;
        Peer client = bench.client();
        bench.time.advance(2_000);
        assertThat(bench.neighbours.tokensTaken).isEqualTo(1);

        bench.neighbours.journalsAway = false;
        bench.time.advance(Calls.RETRY_MILLIS);

        assertThat(bench.neighbours.tokensTaken).isEqualTo(1);
        assertThat(bench.data.attached(Bench.SESSION)).containsExactly(DataEnd.CLIENT);
        assertThat(client.connection().sent()).isEmpty();
    }

    @Test
    void aClientIsRefusedWhenTheRecordingStaysAway() throws Exception {
        bench.neighbours.journalsAway = true;
        Peer client = bench.client();

        bench.time.advance(DataChannels.TOKEN_LIMIT_MILLIS + Calls.RETRY_MILLIS);

        assertThat(lastText(client)).contains("Start it again");
    }

    @Test
    void aClientReachesItsNodeOnlyOnceThatIsWritten() {
        bench.neighbours.trail.full = true;
        bench.node();
        bench.client();
        bench.time.advance(2_000);
        assertThat(bench.data.attached(Bench.SESSION)).containsExactly(DataEnd.NODE);

        bench.neighbours.trail.full = false;
        bench.time.advance(Calls.RETRY_MILLIS);

        assertThat(bench.data.attached(Bench.SESSION)).containsExactlyInAnyOrder(DataEnd.CLIENT, DataEnd.NODE);
        assertThat(bench.neighbours.tokensTaken).isEqualTo(2);
        assertThat(bench.neighbours.trail.lines).contains("OpenDataChannel ? done");
    }

    @Test
    void aClientIsRefusedWhenItsRecordCannotBeWritten() throws Exception {
        bench.neighbours.trail.full = true;
        Peer client = bench.client();

        bench.time.advance(DataChannels.TOKEN_LIMIT_MILLIS + Calls.RETRY_MILLIS);

        assertThat(lastText(client)).contains("Start it again");
        assertThat(bench.data.attached(Bench.SESSION)).isEmpty();
    }

    @Test
    void oneJournalServesBothEndsAndTheirReturns() {
        bench.client();
        bench.node();
        bench.client();

        assertThat(bench.neighbours.journals.open(Bench.SESSION).lives()).isEqualTo(2);
    }

    @Test
    void anEndInTheMomentBetweenTokenAndSessionIsTold() throws Exception {
        bench.neighbours.whenAttached = () -> bench.data.end(Bench.SESSION, "swept", true);

        Peer client = bench.client();

        assertThat(lastText(client)).isEqualTo("swept");
        assertThat(bench.data.holds(Bench.SESSION)).isFalse();
    }

    @Test
    void anEndInTheMomentInWhichTheNodeComesBackReachesTheNode() {
        bench.client();
        bench.neighbours.whenAttached = () -> bench.data.end(Bench.SESSION, "swept", true);

        Peer node = bench.node();

        assertThat(node.connection().types()).endsWith(MessageTypes.CHANNEL_CLOSED);
        bench.time.advance(PairedSession.DRAIN_MILLIS + DataChannel.LINGER_MILLIS);
        assertThat(node.connection().closed()).isTrue();
        assertThat(bench.data.holds(Bench.SESSION)).isFalse();
    }

    @Test
    void aNodeThatComesWhileTheLastOutputDrainsIsToldAsWell() {
        Peer client = bench.client();
        bench.node().send(Wire.output(0, "not acknowledged")).drop();
        bench.data.end(Bench.SESSION, "over", true);

        Peer node = bench.node();

        assertThat(client.connection().types()).doesNotContain(MessageTypes.CHANNEL_CLOSED);
        assertThat(node.connection().types()).contains(MessageTypes.CHANNEL_CLOSED);
    }

    @Test
    void aNodeThatIsToldTheEndGetsNoInputAgain() {
        Peer client = bench.client();
        Peer first = bench.node();
        first.send(Wire.output(0, "not acknowledged"));
        client.send(Wire.input(0, "rm -rf"));
        first.drop();
        bench.data.end(Bench.SESSION, "over", true);

        Peer node = bench.node();

        assertThat(node.connection().types()).doesNotContain(MessageTypes.INPUT_STREAM_DATA);
    }
}
