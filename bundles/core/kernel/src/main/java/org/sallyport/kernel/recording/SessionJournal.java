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
 *
 * <p>A journal that was closed, by its holder, by another {@code open}, or because the service went, answers questions as it last knew and fails
 * with {@code SERVICE_AWAY} otherwise: open it again, from the service that is there then.
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
     * has them within a second more. A message whose end and sequence number are written already is left out. An empty list
     * writes what is noted as acknowledged.
     *
     * @throws org.sallyport.api.error.SallyportException {@code RECORDING_IMPOSSIBLE}: nothing of this call counts as written, and the
     *     session must end. A journal that fails open does not throw it: it notes a gap, and the messages count as passed.
     *     {@code INVALID_ARGUMENT}: a frame that is no message, is longer than 1 MiB or has a sequence number below 0; nothing is
     *     written. {@code SERVICE_AWAY}: nothing is written; open it again
     */
    void append(List<Entry> entries);

    /**
     * Whether the message is written, or was let pass while a journal that fails open could not be written: its acknowledgement need not
     * be held back. After a restart the latter are unknown.
     */
    boolean written(DataEnd from, long sequence);

    /**
     * Notes that the other end has acknowledged a message of {@code from}, whether or not that is in the journal. Written with the next
     * append, within the force interval, or at close; a kill before that forgets it.
     */
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
     * @throws org.sallyport.api.error.SallyportException {@code RECORDING_IMPOSSIBLE}: the disk does not give them back
     */
    List<ByteBuffer> unacknowledged(DataEnd from, long first, int maxBytes);

    /** How often this journal was opened, this time included: more than once means that the relay or this service was started again. */
    int lives();

    /** Writes what is noted. */
    @Override
    void close();
}
