package org.sallyport.api.store;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keyed records of one bundle, durable when a call returns.
 *
 * <p>The service is scoped to the bundle that gets it: each bundle, by symbolic name, sees only its own space, which
 * outlives updates of the bundle. Many threads may call at once; each call blocks for at most some milliseconds of
 * disk time. Keys have 1 to 200 characters, values at most {@value #MAX_VALUE_BYTES} bytes.
 *
 * <p>Throws {@code SallyportException} with {@code CommonError.SERVICE_AWAY} while the store cannot be reached and
 * {@code CommonError.INVALID_ARGUMENT} for keys and values beyond the limits.
 */
@ProviderType
public interface Records {
    /** Longest value, in bytes. */
    int MAX_VALUE_BYTES = 256 * 1024;

    /** Revision that {@link #put} takes for a key that must not exist yet. */
    long ABSENT = 0;

    /** One record. {@code revision} is 1 or more and grows with each change of this key. */
    record Entry(String key, byte[] value, long revision) {}

    /** The record under a key, if there is one. */
    Optional<Entry> get(String key);

    /**
     * Writes a value if nobody else changed the key meanwhile (compare-and-set).
     *
     * @param expectedRevision the revision last seen, or {@link #ABSENT}
     * @return the new revision, or empty when the key is at another revision; then nothing changed
     */
    Optional<Long> put(String key, byte[] value, long expectedRevision);

    /** Removes a record if it is at that revision; returns whether it did. */
    boolean delete(String key, long expectedRevision);

    /**
     * Records whose key starts with {@code prefix} and is greater than {@code afterKey}, in the order of their keys.
     *
     * @param afterKey exclusive; empty text for the start
     * @param limit 1 to 1000
     */
    List<Entry> scan(String prefix, String afterKey, int limit);
}
