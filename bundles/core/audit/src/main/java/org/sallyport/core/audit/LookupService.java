package org.sallyport.core.audit;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.access.Principal;
import org.sallyport.api.audit.AuditEntry;
import org.sallyport.api.audit.AuditLog;
import org.sallyport.api.audit.AuditQuery;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

/** Reading as a service. Apart from the writing, since the decision point, which it needs, tells the trail what it decides. */
@Component
public final class LookupService implements AuditLog {
    private final Lookup lookup;
    private final DecisionPoint decisions;

    @Activate
    public LookupService(@Reference TrailService trail, @Reference DecisionPoint decisions) {
        this.lookup = new Lookup(trail.segments());
        this.decisions = decisions;
    }

    @Override
    public Page<AuditEntry> lookup(Principal caller, AuditQuery query, PageRequest page) {
        decisions.require(new AccessRequest(caller, ACTION, "*"));
        return lookup.find(query, page);
    }
}
