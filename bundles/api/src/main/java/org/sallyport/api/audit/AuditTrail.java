package org.sallyport.api.audit;

import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.AccessRequest;

/**
 * Keeps a record of every call, console action and decision, in the shape of CloudTrail's, in a chain of hashes. A record is on the disk when the
 * call that wrote it returns. Any thread; a write blocks for the disk, at most {@value #PATIENCE_MILLIS} ms. Not called inside a transaction.
 */
@ProviderType
public interface AuditTrail {
    /** Longest wait for the disk, after which a record counts as not written. */
    long PATIENCE_MILLIS = 5_000;

    /**
     * A call came in. Nothing is written yet.
     *
     * @param subject as far as it is known; a call may turn out to be another one
     */
    AuditCall open(Subject subject, Origin origin);

    /**
     * Writes what happened.
     *
     * @throws org.sallyport.api.error.SallyportException {@code AUDIT_UNAVAILABLE}, unless the event's weight is {@code READS}
     */
    void append(AuditEvent event);

    /**
     * Something was decided. Goes into the record of the call that is open on this thread; where none is, a denial gets a record of its own. Never
     * throws and, inside a call, does not block.
     */
    void decided(AccessRequest request, boolean allowed);

    /** What stands in for the trail while it is away: what only reads goes on, everything else is refused. */
    static AuditTrail away() {
        return TrailAway.INSTANCE;
    }
}
