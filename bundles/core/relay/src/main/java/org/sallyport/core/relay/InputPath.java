package org.sallyport.core.relay;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sallyport.kernel.session.DataEnd;

/**
 * From client to node, unchanged and in order. While the node's connection is away, or gets again what it may have missed, newer messages wait
 * here; when the node does not take them, the client is not read. Lane only.
 *
 * <p>Above {@link Marks#HARD} of waiting bytes, which only messages already decoded can add, more is dropped: input comes again from the journal,
 * and acknowledgements are remembered.
 */
final class InputPath implements Replay.Path {
    private final OpenJournal journal;
    private final JournalGate gate;
    private final Replay replay;
    private final Runnable dropped;
    private final Deque<Frame> waiting = new ArrayDeque<>();
    private final Set<Long> data = new HashSet<>();
    private long bytes;
    private DataChannel client;
    private DataChannel node;
    private boolean nodeFull;
    private boolean everSent;

    InputPath(OpenJournal journal, JournalGate gate, Runnable dropped) {
        this.journal = journal;
        this.gate = gate;
        this.dropped = dropped;
        this.replay = new Replay(DataEnd.CLIENT, gate, this);
        this.everSent = journal.restarted();
    }

    void client(DataChannel attached) {
        client = attached;
        adjust();
    }

    void node(DataChannel attached) {
        replay.cancel();
        node = attached;
        nodeFull = false;
        if (node != null && everSent) {
            replay.begin();
        }
        sendWaiting();
        adjust();
    }

    void nodeWritable() {
        nodeFull = false;
        replay.more();
        adjust();
    }

    /** @param first whether data was never seen before; what was will be replayed, unless the node has acknowledged it */
    void relay(Frame frame, boolean first) {
        if (node != null && !replay.running()) {
            send(frame);
        } else if (frame.acknowledgement() || waits(frame, first)) {
            keep(frame);
        }
        adjust();
    }

    /** Reads the client or not, as the marks say. */
    void adjust() {
        if (client == null) {
            return;
        }
        if (nodeFull || bytes > Marks.HIGH || gate.stopped()) {
            client.stopReading();
        } else {
            client.resumeReading();
        }
    }

    @Override
    public boolean wants(long sequence) {
        return !data.contains(sequence) && !journal.isAcknowledged(DataEnd.CLIENT, sequence);
    }

    @Override
    public void again(List<Frame> frames) {
        frames.forEach(this::send);
        if (!nodeFull) {
            replay.more();
        }
        adjust();
    }

    @Override
    public void through() {
        sendWaiting();
        adjust();
    }

    private boolean waits(Frame frame, boolean first) {
        long sequence = frame.header().sequenceNumber();
        return !data.contains(sequence) && (first || journal.isAcknowledged(DataEnd.CLIENT, sequence));
    }

    private void keep(Frame frame) {
        if (bytes + frame.size() > Marks.HARD) {
            dropped.run();
            return;
        }
        waiting.add(frame);
        bytes += frame.size();
        if (!frame.acknowledgement()) {
            data.add(frame.header().sequenceNumber());
        }
    }

    private void sendWaiting() {
        if (node == null || replay.running()) {
            return;
        }
        waiting.forEach(this::send);
        waiting.clear();
        data.clear();
        bytes = 0;
    }

    private void send(Frame frame) {
        everSent |= !frame.acknowledgement();
        nodeFull |= !node.send(frame.bytes().duplicate());
    }
}
