package org.sallyport.core.relay;

import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import org.sallyport.kernel.relay.Tap;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.kernel.session.SessionChannels.Attachment;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.PayloadType;
import org.sallyport.protocol.message.SessionPosition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the messages of one session pass from end to end (data-channel specification, 8.1): data at once, acknowledgements once their message is
 * in the journal. Lane only.
 */
final class Passage implements JournalGate.Owner {
    private static final Logger LOG = LoggerFactory.getLogger("sallyport.frames");

    /** Types of sessions that always begin with a handshake (data-channel specification, 5.1). */
    private static final Set<String> HANDSHAKES = Set.of("Port", "NonInteractiveCommands");

    private final String id;
    private final Timer timer;
    private final Neighbours neighbours;
    private final SessionReports reports;
    private final Publication publication;
    private final JournalGate gate;
    private final ClientProgress progress;
    private final Activity activity;
    private final OutputPath output;
    private final InputPath input;
    private DataChannel client;
    private DataChannel node;
    private boolean inputEnded;

    Passage(
            Attachment first,
            OpenJournal journal,
            Executor journals,
            Lane lane,
            Timer timer,
            Neighbours neighbours,
            SessionReports reports) {
        this.id = first.sessionId();
        this.timer = timer;
        this.neighbours = neighbours;
        this.reports = reports;
        this.publication = new Publication(first.separateOutput(), timer);
        this.gate = new JournalGate(journal, journals, lane, timer, this);
        this.progress = new ClientProgress(
                HANDSHAKES.contains(first.sessionType()), journal, gate, timer, lane, this::inferred);
        boolean port = "Port".equals(first.sessionType());
        this.activity = new Activity(port);
        this.output =
                new OutputPath(port, progress, gate, timer, lane, publication, () -> neighbours.dropped(DataEnd.NODE));
        this.input = new InputPath(journal, gate, () -> neighbours.dropped(DataEnd.CLIENT));
    }

    /** A client's new connection, or null when it went. */
    void client(DataChannel attached) {
        client = attached;
        if (client != null) {
            publication.start();
        }
        output.client(client);
        input.client(client);
        if (client == null) {
            publication.pause();
        }
    }

    /** A node's new connection, or null when it went. */
    void node(DataChannel attached) {
        node = attached;
        publication.node(node);
        input.node(inputEnded ? null : node);
        if (node != null && client != null) {
            publication.start();
        }
    }

    /**
     * A client goes on with the session of another one: it is told where the streams stand, before anything else. What it cannot get, since the
     * other one acknowledged it out of turn, it gets empty; what the other one did not send in its turn, the node gets empty.
     * To be called before {@link #client}.
     */
    void handOver(DataChannel to) {
        long output = progress.firstMissing();
        long input = gate.next(DataEnd.CLIENT);
        long now = timer.epochMillis();
        to.send(RelayMessages.position(new SessionPosition(output, input), now));
        for (long n = output + 1; n <= progress.highestHad(); n++) {
            if (progress.has(n)) {
                to.send(RelayMessages.empty(MessageTypes.OUTPUT_STREAM_DATA, n, now)
                        .bytes());
            }
        }
        for (long n = gate.firstUnknown(DataEnd.CLIENT); n < input; n++) {
            if (!gate.known(DataEnd.CLIENT, n)) {
                inputData(RelayMessages.empty(MessageTypes.INPUT_STREAM_DATA, n, now));
            }
        }
        if (node != null) {
            // The other one would have sent it again when the node had no room for it.
            this.input.node(inputEnded ? null : node);
        }
    }

    void clientWritable() {
        output.clientWritable();
    }

    void nodeWritable() {
        input.nodeWritable();
    }

    void pong(DataChannel from, long place, Runnable settled) {
        progress.pong(from, place, () -> {
            output.adjust();
            settled.run();
        });
    }

    /** Both ends were told; nothing is sent or stopped any more. */
    void leave() {
        publication.node(null);
        output.client(null);
        input.client(null);
        input.node(null);
    }

    /** The node was told the end; no input passes any more. */
    void endInput() {
        inputEnded = true;
        input.node(null);
    }

    /** Whether the client has, and has acknowledged, all output that was here. */
    boolean delivered() {
        return output.delivered();
    }

    /** Writes what waits for the journal and closes that, see {@link JournalGate#close}. */
    void close(Runnable then) {
        gate.close(then);
    }

    /** @return whether it shows, for the first time, that the session is in use */
    boolean fromClient(Frame frame) {
        return switch (frame.header().type()) {
            case MessageTypes.ACKNOWLEDGE -> {
                clientAcknowledged(frame);
                yield false;
            }
            case MessageTypes.INPUT_STREAM_DATA -> inputData(frame);
            case MessageTypes.SESSION_PROBE -> {
                output.answerProbe(frame);
                yield false;
            }
            default -> {
                unrouted(frame, "client");
                yield false;
            }
        };
    }

    /** @return as {@link #fromClient} */
    boolean fromNode(Frame frame) {
        switch (frame.header().type()) {
            case MessageTypes.AGENT_SESSION_STATE -> {
                if (ChannelJson.terminating(frame.payload())) {
                    reports.nodeFinished(id);
                }
            }
            case MessageTypes.ACKNOWLEDGE -> nodeAcknowledged(frame);
            case MessageTypes.OUTPUT_STREAM_DATA -> {
                return outputData(frame);
            }
            default -> unrouted(frame, "node");
        }
        return false;
    }

    @Override
    public void acknowledged(DataEnd sender, long sequence, Frame acknowledgement) {
        if (sender == DataEnd.NODE) {
            toNode(acknowledgement, false);
        } else if (output.takes(acknowledgement, false)) {
            output.relay(acknowledgement);
        }
    }

    @Override
    public void pressureChanged() {
        output.adjust();
        input.adjust();
    }

    @Override
    public void recordingFailed(String text) {
        reports.recordingFailed(id, text);
    }

    private void clientAcknowledged(Frame frame) {
        OptionalLong named = ChannelJson.acknowledged(frame.payload(), MessageTypes.OUTPUT_STREAM_DATA);
        if (named.isPresent()) {
            tap(DataEnd.CLIENT, frame);
            gate.acknowledge(DataEnd.NODE, named.getAsLong(), frame);
            progress.acknowledged(named.getAsLong());
            output.progressed();
        }
    }

    private void nodeAcknowledged(Frame frame) {
        OptionalLong named = ChannelJson.acknowledged(frame.payload(), MessageTypes.INPUT_STREAM_DATA);
        if (named.isPresent()) {
            tap(DataEnd.NODE, frame);
            gate.acknowledge(DataEnd.CLIENT, named.getAsLong(), frame);
        }
    }

    private boolean inputData(Frame frame) {
        progress.input(frame);
        output.progressed();
        if (inputEnded) {
            return false;
        }
        boolean first = !gate.known(DataEnd.CLIENT, frame.header().sequenceNumber());
        if (first && !gate.take(DataEnd.CLIENT, frame)) {
            return false;
        }
        if (frame.header().payloadType() == PayloadType.HANDSHAKE_RESPONSE) {
            output.handshakeAnswered();
        }
        tap(DataEnd.CLIENT, frame);
        toNode(frame, first);
        if (Flags.terminates(frame)) {
            reports.clientFinished(id);
        }
        return first && activity.shows(DataEnd.CLIENT, frame);
    }

    private boolean outputData(Frame frame) {
        long sequence = frame.header().sequenceNumber();
        boolean first = !gate.known(DataEnd.NODE, sequence);
        if (progress.has(sequence)) {
            answer(frame, first);
        } else if (output.takes(frame, first) && (!first || gate.take(DataEnd.NODE, frame))) {
            tap(DataEnd.NODE, frame);
            output.relay(frame);
        }
        return first && activity.shows(DataEnd.NODE, frame);
    }

    /** The client has it: it is acknowledged on the client's behalf, once it is in the journal (data-channel specification, 8.2 rule 5). */
    private void answer(Frame frame, boolean first) {
        if (!first || gate.take(DataEnd.NODE, frame)) {
            gate.acknowledge(
                    DataEnd.NODE,
                    frame.header().sequenceNumber(),
                    RelayMessages.acknowledgement(frame.header(), timer.epochMillis()));
        }
    }

    private void inferred(Inference.Known known) {
        gate.acknowledge(
                DataEnd.NODE, known.sequence(), RelayMessages.acknowledgement(known.header(), timer.epochMillis()));
    }

    private void toNode(Frame frame, boolean first) {
        if (inputEnded) {
            return;
        }
        input.relay(frame, first);
        publication.relayed();
        if (gate.stopped()) {
            output.adjust(); // what was relayed has ended a pause
        }
    }

    private void tap(DataEnd from, Frame frame) {
        for (Tap tap : neighbours.taps()) {
            try {
                tap.passed(id, from, frame.header(), frame.bytes().duplicate());
            } catch (RuntimeException e) {
                LOG.error("session {}: a tap failed; the frame goes on", id, e);
            }
        }
    }

    private void unrouted(Frame frame, String end) {
        LOG.debug("session {}: {} from the {} is not passed", id, frame.header().type(), end);
    }
}
