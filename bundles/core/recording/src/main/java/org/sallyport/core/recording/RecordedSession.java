package org.sallyport.core.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.recording.Journals.Head;
import org.sallyport.kernel.recording.Journals.Seal;
import org.sallyport.kernel.recording.SessionJournal;
import org.sallyport.kernel.session.DataEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open journal. Its lock is held while it writes, never while the disk is waited for by {@code force}; the index has its own monitor, so
 * that questions never wait for a write.
 */
final class RecordedSession implements SessionJournal {
    private static final Logger LOG = LoggerFactory.getLogger(RecordedSession.class);
    private static final long RETRY_MILLIS = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Head head;
    private final Writing writing;
    private final JournalIndex index;
    private final int lives;
    private final Clock clock;
    private Gap gap;
    private boolean closed;

    /** @param gap from before, null for none */
    RecordedSession(Head head, Writing writing, JournalIndex index, int lives, Gap gap, Clock clock) {
        this.head = head;
        this.writing = writing;
        this.index = index;
        this.lives = lives;
        this.gap = gap;
        this.clock = clock;
    }

    /** Writes that it was opened, before anybody has it. */
    void start() {
        lock.lock();
        try {
            write(List.of());
        } catch (IOException e) {
            failed(e);
            if (!head.failOpen()) {
                throw JournalErrors.impossible(head.sessionId(), e);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void append(List<Entry> entries) {
        List<Message> messages = entries.stream().map(Message::of).toList();
        lock.lock();
        try {
            requireOpen();
            List<Message> fresh = fresh(messages);
            if (fresh.isEmpty() && !index.hasNoted() && gap == null) {
                return;
            }
            if (head.failOpen() && gap != null && !gap.due(clock.millis())) {
                pass(fresh);
                return;
            }
            try {
                write(fresh);
            } catch (IOException e) {
                failed(e);
                if (!head.failOpen()) {
                    throw JournalErrors.impossible(head.sessionId(), e);
                }
                pass(fresh);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean written(DataEnd from, long sequence) {
        return index.known(from, sequence);
    }

    @Override
    public void acknowledged(DataEnd from, long sequence) {
        lock.lock();
        try {
            requireOpen();
            index.acknowledge(from, sequence);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isAcknowledged(DataEnd from, long sequence) {
        return index.acknowledged(from, sequence);
    }

    @Override
    public long highestAcknowledged(DataEnd from) {
        return index.highestAcknowledged(from);
    }

    @Override
    public List<ByteBuffer> unacknowledged(DataEnd from, long first, int maxBytes) {
        lock.lock();
        try {
            requireOpen();
            return writing.read(index, from, first, maxBytes);
        } catch (IOException e) {
            throw JournalErrors.impossible(head.sessionId(), e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int lives() {
        return lives;
    }

    /** Writes and forces what is there. A disk that does not take it is logged: the journal is whole without. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (index.hasNoted() || gap != null) {
                write(List.of());
            }
            writing.force();
        } catch (IOException e) {
            failed(e);
        } finally {
            writing.release();
            lock.unlock();
        }
    }

    /** What could not be written when it was closed, null for nothing. */
    Gap gap() {
        lock.lock();
        try {
            return gap;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the journal; nothing can be appended whether that works or not. */
    Seal seal(String cause, Instant endedAt) {
        lock.lock();
        try {
            closed = true;
            if (index.hasNoted() || gap != null) {
                write(List.of());
            }
            return writing.seal(cause, endedAt);
        } catch (IOException e) {
            failed(e);
            throw JournalErrors.impossible(head.sessionId(), e);
        } finally {
            writing.release();
            lock.unlock();
        }
    }

    /**
     * On the force thread: writes what is noted, tries again in a gap, waits for the disk. Appending goes on meanwhile; a journal that is being
     * appended to at this moment writes its notes itself.
     */
    void tick() {
        if (!lock.tryLock()) {
            force();
            return;
        }
        try {
            boolean retry = gap != null && gap.due(clock.millis());
            if (!closed && (retry || gap == null && index.hasNoted())) {
                write(List.of());
            }
        } catch (IOException e) {
            failed(e);
        } finally {
            lock.unlock();
        }
        force();
    }

    private void force() {
        try {
            writing.force();
        } catch (IOException e) {
            lock.lock();
            try {
                failed(e);
            } finally {
                lock.unlock();
            }
            return;
        }
        if (lock.tryLock()) {
            try {
                writing.prepareCheckpoint(index, lives);
            } finally {
                lock.unlock();
            }
        }
        writing.writeCheckpoint();
    }

    /** Each message once, also within one call. */
    private List<Message> fresh(List<Message> messages) {
        List<Message> fresh = new ArrayList<>(messages.size());
        RangeSet client = new RangeSet();
        RangeSet node = new RangeSet();
        for (Message message : messages) {
            DataEnd from = message.entry().from();
            RangeSet seen = from == DataEnd.CLIENT ? client : node;
            if (!seen.contains(message.sequence()) && !index.known(from, message.sequence())) {
                seen.add(message.sequence());
                fresh.add(message);
            }
        }
        return fresh;
    }

    private void write(List<Message> fresh) throws IOException {
        writing.write(fresh, index, Optional.ofNullable(gap), clock.millis());
        if (gap != null) {
            LOG.info("The journal of session {} is written again", head.sessionId());
        }
        gap = null;
    }

    private void pass(List<Message> messages) {
        gap.pass(messages.size());
        messages.forEach(message -> index.pass(message.entry().from(), message.sequence()));
    }

    private void failed(IOException e) {
        if (gap == null) {
            gap = new Gap(clock.millis(), JournalErrors.text(e));
            LOG.warn(
                    "The journal of session {} cannot be written: {}. Free space in the data folder, or look at its disk.",
                    head.sessionId(),
                    JournalErrors.text(e));
        }
        gap.tryAgainAt(clock.millis() + RETRY_MILLIS);
    }

    private void requireOpen() {
        if (closed) {
            throw new SallyportException(
                    CommonError.SERVICE_AWAY,
                    "The journal of session %s was closed. Open it again.".formatted(head.sessionId()));
        }
    }
}
