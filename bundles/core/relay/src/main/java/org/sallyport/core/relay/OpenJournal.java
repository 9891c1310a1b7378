package org.sallyport.core.relay;

import java.nio.ByteBuffer;
import java.util.List;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.recording.Journals;
import org.sallyport.kernel.recording.SessionJournal;
import org.sallyport.kernel.recording.SessionJournal.Entry;
import org.sallyport.kernel.session.DataEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's journal over swaps of core/recording: when the service that opened it has gone, the next write opens it again from the new
 * one. Questions may be asked by any thread; {@link #write}, {@link #unacknowledged} and {@link #close} by one at a time, they block.
 */
final class OpenJournal {
    /** Most bytes that {@link #unacknowledged} reads at a time. */
    static final int CHUNK_BYTES = 64 * 1024;

    /** The other end of {@code from} has acknowledged a message. */
    record Note(DataEnd from, long sequence) {}

    private static final Logger LOG = LoggerFactory.getLogger(OpenJournal.class);

    private final String sessionId;
    private final Neighbours neighbours;
    private final boolean restarted;
    private Journals provider;
    private volatile SessionJournal journal;

    /** @throws SallyportException as {@link Journals#open}; {@code SERVICE_AWAY} */
    OpenJournal(String sessionId, Neighbours neighbours) {
        this.sessionId = sessionId;
        this.neighbours = neighbours;
        open(neighbours.journals());
        this.restarted = journal.lives() > 1;
    }

    /** Whether an earlier life of the relay held this session. */
    boolean restarted() {
        return restarted;
    }

    boolean written(DataEnd from, long sequence) {
        return journal.written(from, sequence);
    }

    boolean isAcknowledged(DataEnd from, long sequence) {
        return journal.isAcknowledged(from, sequence);
    }

    long highestAcknowledged(DataEnd from) {
        return journal.highestAcknowledged(from);
    }

    /** @throws SallyportException as {@link SessionJournal#append}; {@code SERVICE_AWAY}: to be tried again */
    void write(List<Note> notes, List<Entry> entries) {
        SessionJournal current = current();
        notes.forEach(n -> current.acknowledged(n.from(), n.sequence()));
        if (!entries.isEmpty()) {
            current.append(entries);
        }
    }

    List<ByteBuffer> unacknowledged(DataEnd from, long first) {
        return current().unacknowledged(from, first, CHUNK_BYTES);
    }

    /** Writes what is noted and closes. Never throws: what is noted is a matter of speed after a restart. */
    boolean close(List<Note> notes) {
        try {
            write(notes, List.of());
            journal.close();
            return true;
        } catch (RuntimeException e) {
            LOG.warn("the journal of session {} was not closed: {}", sessionId, e.getMessage());
            return false;
        }
    }

    private SessionJournal current() {
        Journals now = neighbours.journals();
        if (now != provider) {
            open(now);
        }
        return journal;
    }

    private void open(Journals from) {
        journal = from.open(sessionId);
        provider = from;
    }
}
