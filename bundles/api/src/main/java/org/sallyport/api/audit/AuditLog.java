package org.sallyport.api.audit;

import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.Principal;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

/** The trail for who reads it. Any thread; blocks for the disk. */
@ProviderType
public interface AuditLog {
    /** What one may do who may call this, on every resource. */
    String ACTION = "cloudtrail:LookupEvents";

    /**
     * Records, the newest first. Asks the decision point for {@link #ACTION} before anything is read. One page looks at a bounded part of the trail, so it
     * may hold fewer records than wanted, or none, and still have a next one.
     *
     * @throws org.sallyport.api.error.SallyportException {@code ACCESS_DENIED}, {@code INVALID_NEXT_TOKEN}, {@code SERVICE_AWAY}
     */
    Page<AuditEntry> lookup(Principal caller, AuditQuery query, PageRequest page);
}
