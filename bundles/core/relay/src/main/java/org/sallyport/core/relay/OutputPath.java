package org.sallyport.core.relay;

import java.util.Optional;
import java.util.OptionalLong;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.PayloadType;

/**
 * From node to client: order, hold, back-pressure, and answers on the client's behalf. Lane only.
 *
 * <p>Above the high mark the node is paused while reading goes on. Above {@link Marks#DROP} data is dropped, which the node resends; with
 * no client, already above the high mark. Acknowledgements pass always, up to {@link Marks#HARD}, which an honest node never reaches.
 */
final class OutputPath {
    private final ClientQueue queue;
    private final AcknowledgedOutput acknowledged = new AcknowledgedOutput();
    private final Timer timer;
    private final Lane lane;
    private final Publication publication;
    private DataChannel client;
    private boolean clientFull;
    private long lowestSent = Long.MAX_VALUE;
    private long highestSent = -1;
    private long wakeAt = Long.MAX_VALUE;
    private Runnable cancelWake = () -> {};

    OutputPath(boolean port, Timer timer, Lane lane, Publication publication) {
        this.queue = new ClientQueue(port);
        this.timer = timer;
        this.lane = lane;
        this.publication = publication;
    }

    /** A client's new connection, or null when it went. */
    void client(DataChannel attached) {
        client = attached;
        clientFull = false;
        if (client != null) {
            pump();
        }
    }

    void clientWritable() {
        clientFull = false;
        pump();
    }

    /** Remembers what the client acknowledged. */
    void acknowledged(Frame acknowledgement) {
        ChannelJson.acknowledged(acknowledgement.payload(), MessageTypes.OUTPUT_STREAM_DATA)
                .ifPresent(acknowledged::add);
    }

    /** Input that goes to the node; its HandshakeResponse matters to the hold. */
    void inputRelayed(Frame frame) {
        if (frame.header().payloadType() == PayloadType.HANDSHAKE_RESPONSE) {
            queue.responseRelayed();
        }
    }

    /** Whether this is output that the client acknowledged before: the relay answers it (data-channel specification, 8.2 rule 5). */
    boolean knownToClient(Frame frame) {
        return !frame.acknowledgement() && acknowledged.contains(frame.header().sequenceNumber());
    }

    /** Whether the frame is to be relayed; false for a repeat of what waits here, and above the marks. */
    boolean takes(Frame frame) {
        if (frame.acknowledgement()) {
            return queue.bytes() <= Marks.HARD;
        }
        if (queue.holds(frame.header().sequenceNumber())) {
            return false;
        }
        boolean full = client == null ? queue.bytes() > Marks.HIGH : queue.bytes() + client.queuedBytes() > Marks.DROP;
        if (full) {
            publication.stop();
        }
        return !full;
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

    /** Whether the client has, and has acknowledged, all that was here. */
    boolean delivered() {
        return queue.isEmpty()
                && (client == null || client.queuedBytes() == 0)
                && (highestSent < 0 || acknowledged.covers(lowestSent, highestSent));
    }

    private void pump() {
        if (client == null) {
            if (queue.bytes() > Marks.HIGH) {
                publication.stop();
            } else {
                publication.pause();
            }
            return;
        }
        for (Optional<Frame> next = queue.poll(timer.millis()); next.isPresent(); next = queue.poll(timer.millis())) {
            send(next.get());
        }
        if (clientFull || queue.bytes() > Marks.HIGH) {
            publication.stop();
        } else if (queue.bytes() < Marks.LOW) {
            publication.resume();
        }
        wakeForHeld();
    }

    private void send(Frame frame) {
        clientFull |= !client.send(frame.bytes().duplicate());
        if (!frame.acknowledgement()) {
            lowestSent = Math.min(lowestSent, frame.header().sequenceNumber());
            highestSent = Math.max(highestSent, frame.header().sequenceNumber());
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
