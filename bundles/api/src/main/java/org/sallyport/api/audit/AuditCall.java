package org.sallyport.api.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One call that is under way, from its first byte to its answer. Used by one thread, which closes it; what the decision point decides on that
 * thread meanwhile stands in its record.
 *
 * <p>Values of parameters are texts, numbers, truth values, lists and maps of these, or null. Values whose names are those of secrets are hidden
 * by the trail; a caller that knows more of its secrets leaves them out.
 */
@ProviderType
public interface AuditCall extends AutoCloseable {

    /** What the call turned out to be. */
    void about(Subject subject, Weight weight);

    /** Who it turned out to be. */
    void by(Actor actor);

    /**
     * The call is understood and is about to be done. For {@link Weight#CHANGES} a record of that is on the disk when this returns.
     *
     * @param parameters as asked
     * @param resources ARNs that it names, may be empty
     * @throws org.sallyport.api.error.SallyportException {@code AUDIT_UNAVAILABLE}: it must not be done
     */
    void begins(Map<String, Object> parameters, List<String> resources);

    /**
     * What came of it; called before the answer is sent, once.
     *
     * @param failure empty when it was done
     * @param response what is answered, for changes; empty for none
     * @throws org.sallyport.api.error.SallyportException {@code AUDIT_UNAVAILABLE}: that must be the answer. Not thrown for a call that only
     *     reads, nor for one that failed anyway
     */
    void answered(Optional<Failure> failure, Map<String, Object> response);

    /** Ends the watch on the thread's decisions. */
    @Override
    void close();
}
