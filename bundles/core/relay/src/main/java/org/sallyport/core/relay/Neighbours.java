package org.sallyport.core.relay;

import java.util.List;
import org.sallyport.api.access.RequestVerifier;
import org.sallyport.api.audit.AuditTrail;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.kernel.node.NodeChannels;
import org.sallyport.kernel.recording.Journals;
import org.sallyport.kernel.relay.ControlMessages;
import org.sallyport.kernel.relay.Tap;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.kernel.session.SessionChannels;

/**
 * The services that the relay calls. Each may be swapped at any time: ask again for each call. All but the taps and the trail throw
 * {@code SERVICE_AWAY} while there is none.
 */
interface Neighbours {
    RequestVerifier verifier();

    SessionChannels sessions();

    NodeChannels nodes();

    ControlMessages control();

    Journals journals();

    ServerAddress address();

    List<Tap> taps();

    /** The trail, or what stands in for it. Never throws. */
    AuditTrail audit();

    /** Data of that end was dropped because too much waits; the end sends it again. */
    default void dropped(DataEnd from) {}
}
