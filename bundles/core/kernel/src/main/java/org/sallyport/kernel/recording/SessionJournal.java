package org.sallyport.kernel.recording;

import java.nio.ByteBuffer;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.kernel.session.DataEnd;

/**
 * One session's journal, open. Its index knows, over all restarts of the server, which stream messages of each end are written and which
 * of them the other end has acknowledged.
 *
 * <p>{@link #append}, {@link #acknowledged(DataEnd, long)}, {@link #unacknowledged} and {@link #close} are called by one thread at a time and
 * may block for the disk; the questions may be asked by any thread and never block.
 */
@ProviderType
public interface SessionJournal extends AutoCloseable {

    /**
     * A stream message that passes.
     *
     * @param from the end that sent it
     * @param at when it came, milliseconds since 1970
     * @param frame the whole message, as on the wire; not kept after the call
     */
    record Entry(DataEnd from, long at, ByteBuffer frame) {}

    /**
     * Writes messages in this order and returns when the operating system has them: they survive the death of this process. The disk
     * has them within a second more. A message whose end and sequence number are written already is left out.
     *
     * @throws org.sallyport.api.error.SallyportException {@code RECORDING_IMPOSSIBLE}: nothing of this call counts as written, and the
     *     session must end. A journal that fails open never throws: it notes a gap.
     */
    void append(List<Entry> entries);

    /** Whether the message is written. */
    boolean written(DataEnd from, long sequence);

    /** Notes that the other end has acknowledged a message of {@code from}. Written with the next append, or at close. */
    void acknowledged(DataEnd from, long sequence);

    /** Whether it is noted that the other end has acknowledged the message. */
    boolean isAcknowledged(DataEnd from, long sequence);

    /** The highest sequence number of that end that is noted as acknowledged, -1 for none. */
    long highestAcknowledged(DataEnd from);

    /**
     * Written messages of an end that the other end has not acknowledged, in the order of their numbers.
     *
     * @param first number to begin with
     * @param maxBytes most bytes of frames; at least one message comes if there is one
     */
    List<ByteBuffer> unacknowledged(DataEnd from, long first, int maxBytes);

    /** How often this journal was opened, this time included: more than once means that the relay was started again meanwhile. */
    int lives();

    /** Writes what is noted. */
    @Override
    void close();
}
