package org.sallyport.core.relay;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.MessageHeader;

/**
 * What an end that came back may have missed: what the other end sent and it did not acknowledge, read from the journal in chunks, in order.
 * The path that owns it holds newer messages meanwhile. Lane only.
 */
final class Replay {
    /** Where it goes. */
    interface Path {
        /** Whether the message is of use: not acknowledged, and not waiting on the path by itself. */
        boolean wants(long sequence);

        /** To be sent before anything else; the path then asks for {@link Replay#more}. Never empty. */
        void again(List<Frame> frames);

        /** All was sent. */
        void through();
    }

    private final DataEnd from;
    private final JournalGate gate;
    private final Path path;
    private long turn;
    private long next;
    private boolean running;
    private boolean reading;

    /** @param from the end that had sent the messages */
    Replay(DataEnd from, JournalGate gate, Path path) {
        this.from = from;
        this.gate = gate;
        this.path = path;
    }

    /** From begin to through, unless cancelled. */
    boolean running() {
        return running;
    }

    void begin() {
        turn++;
        next = 0;
        running = true;
        reading = false;
        more();
    }

    void cancel() {
        turn++;
        running = false;
        reading = false;
    }

    /** Reads the next chunk, unless that is on the way or nothing is to be replayed. */
    void more() {
        if (running && !reading) {
            reading = true;
            long asked = turn;
            gate.read(from, next, chunk -> {
                if (asked == turn) {
                    reading = false;
                    took(chunk);
                }
            });
        }
    }

    private void took(List<ByteBuffer> chunk) {
        if (chunk.isEmpty()) {
            running = false;
            path.through();
            return;
        }
        List<Frame> wanted = new ArrayList<>();
        for (ByteBuffer bytes : chunk) {
            Frame frame = frame(bytes);
            next = frame.header().sequenceNumber() + 1;
            if (path.wants(frame.header().sequenceNumber())) {
                wanted.add(frame);
            }
        }
        if (wanted.isEmpty()) {
            more();
        } else {
            path.again(wanted);
        }
    }

    private static Frame frame(ByteBuffer bytes) {
        try {
            return new Frame(MessageHeader.read(bytes), bytes.asReadOnlyBuffer());
        } catch (MalformedMessageException e) {
            throw new IllegalStateException("a journal holds only messages whose header was read before", e);
        }
    }
}
