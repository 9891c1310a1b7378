package org.sallyport.core.relay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sallyport.api.access.WireRequest;
import org.sallyport.api.audit.Actor;
import org.sallyport.api.audit.AuditCall;
import org.sallyport.api.audit.AuditError;
import org.sallyport.api.audit.AuditEvent;
import org.sallyport.api.audit.EventType;
import org.sallyport.api.audit.Failure;
import org.sallyport.api.audit.Origin;
import org.sallyport.api.audit.Subject;
import org.sallyport.api.audit.Weight;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.kernel.session.SessionChannels.Attachment;
import org.sallyport.kernel.session.SessionChannels.OpenRequest;

/**
 * Tells the audit trail what is asked on the channel port and which ends open. A client reaches its node only once that is written; a node's own
 * channels, which reach nobody by themselves, open without as well.
 */
final class ChannelAudit {
    private static final String SOURCE = "ssmmessages.amazonaws.com";

    private final Neighbours neighbours;

    ChannelAudit(Neighbours neighbours) {
        this.neighbours = neighbours;
    }

    static Origin origin(WireRequest request) {
        return new Origin(
                request.sourceAddress(),
                request.header("User-Agent").orElse(""),
                UUID.randomUUID().toString());
    }

    /** @param verb {@code Create} for a token, {@code Open} for an upgrade */
    AuditCall open(WireRequest request, Optional<ChannelPath> path, String verb, Origin origin) {
        Subject subject =
                subject(path.map(p -> verb + (p.kind() == ChannelPath.Kind.CONTROL ? "ControlChannel" : "DataChannel"))
                        .orElse("UnknownOperation"));
        AuditCall call = neighbours.audit().open(subject, origin);
        call.about(subject, verb.equals("Create") ? Weight.ISSUES : Weight.READS);
        call.by(Actor.claiming(request));
        call.begins(path.<Map<String, Object>>map(p -> Map.of("id", p.id())).orElse(Map.of()), List.of());
        return call;
    }

    static Failure failure(SallyportException e) {
        return new Failure(XmlAnswers.name(e.code()), e.getMessage());
    }

    /**
     * An end showed a good token and is about to be paired.
     *
     * @throws SallyportException {@code SERVICE_AWAY} for a client whose record cannot be written now; it may be tried again
     */
    void attaches(OpenRequest request, Attachment attachment, Origin origin) {
        Map<String, Object> parameters = parameters(request);
        parameters.put("end", attachment.end().name());
        parameters.put("nodeId", attachment.nodeId());
        boolean client = attachment.end() == DataEnd.CLIENT;
        try {
            neighbours
                    .audit()
                    .append(event(
                            "OpenDataChannel",
                            client ? Weight.ISSUES : Weight.READS,
                            actor(request),
                            origin,
                            Optional.empty(),
                            parameters));
        } catch (SallyportException e) {
            if (e.code() == AuditError.AUDIT_UNAVAILABLE) {
                throw new SallyportException(CommonError.SERVICE_AWAY, e.getMessage(), e);
            }
            throw e;
        }
    }

    /** An end was refused. */
    void refused(OpenRequest request, Origin origin, SallyportException e) {
        neighbours
                .audit()
                .append(event(
                        "OpenDataChannel",
                        Weight.READS,
                        actor(request),
                        origin,
                        Optional.of(failure(e)),
                        parameters(request)));
    }

    /** The token of a node's control channel was not good. */
    void controlTokenRefused(String nodeId, Origin origin) {
        neighbours
                .audit()
                .append(event(
                        "OpenControlChannel",
                        Weight.READS,
                        Actor.stranger(),
                        origin,
                        Optional.of(new Failure("AccessDeniedException", "The token is not good.")),
                        Map.of("id", nodeId)));
    }

    /** Who signed; a client that did not is known by its token alone, and that names the session's owner. */
    private static Actor actor(OpenRequest request) {
        return request.signer().map(Actor::of).orElse(Actor.stranger());
    }

    private static Map<String, Object> parameters(OpenRequest request) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("sessionId", request.sessionId());
        parameters.put("clientId", request.clientId());
        request.clientVersion().ifPresent(version -> parameters.put("clientVersion", version));
        request.takesOver().ifPresent(other -> parameters.put("takesOver", other));
        return parameters;
    }

    private static AuditEvent event(
            String name,
            Weight weight,
            Actor actor,
            Origin origin,
            Optional<Failure> failure,
            Map<String, Object> parameters) {
        return new AuditEvent(
                Optional.empty(), subject(name), weight, actor, origin, failure, parameters, Map.of(), List.of());
    }

    private static Subject subject(String name) {
        return new Subject(EventType.API_CALL, SOURCE, name);
    }
}
