package org.sallyport.kernel.recording;

import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The journals of sessions: what passed the relay, append-only. Provided by core/recording. All methods block for the disk and are called
 * on worker threads, never on a network thread or a session's lane.
 */
@ProviderType
public interface Journals {

    /**
     * What a journal begins with.
     *
     * @param failOpen the document's choice for when the record cannot be kept: true, the session goes on and the journal marks the gap;
     *     false (the default), the session ends
     */
    record Head(
            String sessionId,
            String nodeId,
            String ownerId,
            String ownerArn,
            String documentName,
            String sessionType,
            Instant startedAt,
            boolean failOpen) {}

    /**
     * What a sealed journal ends with.
     *
     * @param digest of all records before the seal: a chain of SHA-256 over them (docs/journal-format.md), lower-case hexadecimal
     * @param bytes size of the journal's file
     */
    record Seal(String digest, long messages, long bytes) {}

    /**
     * Makes the journal of a new session, before the node is told of it. Durable on return.
     *
     * @throws org.sallyport.api.error.SallyportException {@code RECORDING_IMPOSSIBLE}: the disk is full or does not take it. Not for
     *     {@code failOpen}: then a journal that is not there yet is made as soon as the disk takes it, unless the server is started again
     *     before. {@code INVALID_ARGUMENT}: no journal can have the id's name. {@code INTERNAL}: that session has a journal.
     */
    void begin(Head head);

    /**
     * Opens a journal for the relay. One holder at a time: opening it again closes what was open.
     *
     * @throws org.sallyport.api.error.SallyportException {@code RECORDING_IMPOSSIBLE}: the disk does not take it, or it is damaged;
     *     {@code SESSION_UNKNOWN} for a session without one; {@code SESSION_OVER} when it is sealed; {@code SERVICE_AWAY}: to be tried again
     */
    SessionJournal open(String sessionId);

    /**
     * Closes and seals the journal of a session that is over. Does nothing but answer when it is sealed already.
     *
     * @param cause name of the cause of the end
     * @return empty when there is no journal of that session
     * @throws org.sallyport.api.error.SallyportException {@code RECORDING_IMPOSSIBLE}: to be tried again later, though a damaged journal
     *     never gets a seal; {@code SERVICE_AWAY}
     */
    Optional<Seal> seal(String sessionId, String cause, Instant endedAt);
}
