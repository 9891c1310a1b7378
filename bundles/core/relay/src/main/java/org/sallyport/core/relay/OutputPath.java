package org.sallyport.core.relay;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.MessageTypes;

/**
 * From node to client: order, hold, replay to a client that comes back, and back-pressure. Lane only.
 *
 * <p>Above the high mark the node is paused while reading goes on. Above {@link Marks#DROP} data is dropped, which the node resends; with
 * no client, already above the high mark. Acknowledgements pass always, up to {@link Marks#HARD}, which an honest node never reaches.
 */
final class OutputPath implements Replay.Path {
    private final ClientQueue queue;
    private final ClientProgress progress;
    private final JournalGate gate;
    private final Replay replay;
    private final Timer timer;
    private final Lane lane;
    private final Publication publication;
    private final Runnable dropped;
    private DataChannel client;
    private final CatchUp catchUp;
    private boolean clientFull;
    private long wakeAt = Long.MAX_VALUE;
    private Runnable cancelWake = () -> {};

    OutputPath(
            boolean port,
            ClientProgress progress,
            JournalGate gate,
            Timer timer,
            Lane lane,
            Publication publication,
            Runnable dropped) {
        this.queue = new ClientQueue(port);
        this.progress = progress;
        this.gate = gate;
        this.replay = new Replay(DataEnd.NODE, gate, this);
        this.timer = timer;
        this.lane = lane;
        this.publication = publication;
        this.dropped = dropped;
        this.catchUp = new CatchUp(progress, timer);
    }

    /** A client's new connection, or null when it went. */
    void client(DataChannel attached) {
        replay.cancel();
        queue.forgetReplay();
        progress.client(attached);
        catchUp.connected();
        client = attached;
        clientFull = false;
        if (client == null) {
            return;
        }
        if (progress.mayHaveMissed()) {
            replay();
        }
        pump();
    }

    void clientWritable() {
        clientFull = false;
        pump();
    }

    /** The client acknowledged something; so more may be replayed. */
    void progressed() {
        if (replay.running() || catchUp.due()) {
            pump();
        }
    }

    /** The marks may have another answer than before. */
    void adjust() {
        pump();
    }

    /** Input that goes to the node; its HandshakeResponse matters to the hold. */
    void handshakeAnswered() {
        queue.responseRelayed();
    }

    /**
     * Whether the frame is to be relayed: not what waits here, or comes by the replay, and nothing above the marks.
     *
     * @param first whether data was never seen before
     */
    boolean takes(Frame frame, boolean first) {
        if (frame.acknowledgement()) {
            return queue.bytes() <= Marks.HARD;
        }
        if (queue.holds(frame.header().sequenceNumber()) || (!first && (client == null || replay.running()))) {
            return false;
        }
        boolean room =
                client == null ? queue.bytes() <= Marks.HIGH : queue.bytes() + client.queuedBytes() <= Marks.DROP;
        if (!room || gate.full()) {
            publication.stop();
            dropped.run();
            return false;
        }
        return true;
    }

    void relay(Frame frame) {
        if (frame.acknowledgement()
                && queue.awaitsResponse()
                && ChannelJson.acknowledged(frame.payload(), MessageTypes.INPUT_STREAM_DATA)
                        .isPresent()) {
            queue.responseAcknowledged();
        }
        queue.add(frame);
        pump();
    }

    /** The client asks whether anybody is here; the answer goes ahead of what waits, unless the socket is full: then it has output to read. */
    void answerProbe(Frame probe) {
        if (client != null && !clientFull && probe.size() <= MessageTypes.MAX_PROBE) {
            clientFull = !client.send(probe.bytes().duplicate());
        }
    }

    /** Whether the client has, and has acknowledged, all that was here. */
    boolean delivered() {
        return queue.isEmpty()
                && !replay.running()
                && (client == null || client.queuedBytes() == 0)
                && progress.complete();
    }

    @Override
    public boolean wants(long sequence) {
        return !progress.has(sequence) && !progress.sentNow(sequence) && !queue.holds(sequence);
    }

    @Override
    public void again(List<Frame> frames) {
        queue.replay(frames);
        pump();
    }

    @Override
    public void through() {
        queue.release();
        pump();
    }

    private void pump() {
        if (client == null) {
            if (queue.bytes() > Marks.HIGH || gate.stopped()) {
                publication.stop();
            } else {
                publication.pause();
            }
            return;
        }
        while (!(clientFull && queue.replaying())) {
            boolean fromJournal = queue.replaying();
            Optional<Frame> next = queue.poll(timer.millis());
            if (next.isEmpty()) {
                break;
            }
            if (catchUp.passes(next.get())) {
                send(next.get(), fromJournal);
            }
        }
        progress.ask();
        if (catchUp.due() && !replay.running()) {
            catchUp.replayed();
            replay();
        }
        if (!queue.replaying() && !clientFull && !progress.crowded()) {
            replay.more();
        }
        if (clientFull || queue.bytes() > Marks.HIGH || gate.stopped()) {
            publication.stop();
        } else if (queue.bytes() < Marks.LOW) {
            publication.resume();
        }
        wakeForHeld();
    }

    private void replay() {
        queue.hold();
        replay.begin();
    }

    private void send(Frame frame, boolean fromJournal) {
        clientFull |= !client.send(frame.bytes().duplicate());
        if (!frame.acknowledgement()) {
            progress.sent(frame, fromJournal);
        }
    }

    /** One wake-up at a time, at the earliest moment that something held may go. */
    private void wakeForHeld() {
        long now = timer.millis();
        OptionalLong next = queue.next(now);
        if (next.isEmpty() || next.getAsLong() == wakeAt) {
            return;
        }
        cancelWake.run();
        wakeAt = next.getAsLong();
        cancelWake = timer.after(
                Math.max(1, wakeAt - now),
                () -> lane.execute(() -> {
                    wakeAt = Long.MAX_VALUE;
                    if (client != null) {
                        pump();
                    }
                }));
    }
}
