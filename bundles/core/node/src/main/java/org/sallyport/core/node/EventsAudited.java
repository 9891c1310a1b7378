package org.sallyport.core.node;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.audit.Actor;
import org.sallyport.api.audit.AuditEvent;
import org.sallyport.api.audit.AuditTrail;
import org.sallyport.api.audit.EventType;
import org.sallyport.api.audit.Origin;
import org.sallyport.api.audit.Subject;
import org.sallyport.api.audit.Weight;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.kernel.node.NodeEvent;
import org.sallyport.kernel.node.NodeEvent.Kind;
import org.sallyport.kernel.node.NodeEventListener;

/**
 * Writes down what no call says: each use of an activation or proof with the node that came of it, other machines and channels, and what the server
 * does by itself. What people do is in the record of their call.
 */
@Component(service = NodeEventListener.class)
public final class EventsAudited implements NodeEventListener {
    private static final Map<Kind, String> NAMES = Map.of(
            Kind.REGISTERED, "NodeRegistered",
            Kind.REGISTRATION_REFUSED, "NodeRegistrationRefused",
            Kind.MACHINE_DIFFERS, "NodeMachineDiffers",
            Kind.SECOND_CHANNEL, "NodeSecondChannel",
            Kind.REAPED, "NodeReaped");

    private final Decisions decisions;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile AuditTrail trail;

    @Activate
    public EventsAudited(@Reference DecisionPoint point, @Reference ServerAddress address) {
        this(new Decisions(point, address));
    }

    EventsAudited(Decisions decisions) {
        this.decisions = decisions;
    }

    @Override
    public void happened(NodeEvent event) {
        if (!NAMES.containsKey(event.kind())) {
            return;
        }
        Map<String, Object> parameters = new TreeMap<>(event.details());
        parameters.put("subject", event.subject());
        Origin server = Origin.server();
        Origin origin =
                event.sourceAddress().isEmpty() ? server : new Origin(event.sourceAddress(), "", server.requestId());
        List<String> resources =
                NodeIds.valid(event.subject()) ? List.of(decisions.nodeArn(event.subject())) : List.of();
        AuditTrail current = trail;
        // it happened already: a trail that is away is told by the log of who calls this
        (current == null ? AuditTrail.away() : current)
                .append(new AuditEvent(
                        Optional.empty(),
                        new Subject(EventType.SERVICE_EVENT, "nodes.sallyport", NAMES.get(event.kind())),
                        Weight.CHANGES,
                        Actor.server("nodes"),
                        origin,
                        Optional.empty(),
                        parameters,
                        Map.of(),
                        resources));
    }
}
