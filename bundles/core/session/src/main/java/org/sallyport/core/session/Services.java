package org.sallyport.core.session;

import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.audit.AuditTrail;
import org.sallyport.api.document.Documents;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.node.Nodes;
import org.sallyport.api.session.EndCause;
import org.sallyport.kernel.access.LiveAccess;
import org.sallyport.kernel.node.NodeTags;
import org.sallyport.kernel.node.Tiers;
import org.sallyport.kernel.recording.Journals;
import org.sallyport.kernel.relay.Relay;

/** The services that sessions need. Each may be swapped at any time: ask again for each call. Throws {@code SERVICE_AWAY} while one is away. */
interface Services {
    DecisionPoint decisions();

    Documents documents();

    Nodes nodes();

    Tiers tiers();

    Relay relay();

    Journals journals();

    ServerAddress address();

    LiveAccess liveAccess();

    NodeTags nodeTags();
    /** The trail, or what stands in for it. Never throws. */
    AuditTrail audit();

    /** A session was started. */
    default void started() {}

    /** A session ended. */
    default void ended(EndCause cause) {}
}
