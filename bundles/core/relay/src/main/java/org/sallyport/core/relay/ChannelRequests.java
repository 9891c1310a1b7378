package org.sallyport.core.relay;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.access.VerifiedCaller;
import org.sallyport.api.access.WireRequest;
import org.sallyport.api.audit.Actor;
import org.sallyport.api.audit.AuditCall;
import org.sallyport.api.audit.Failure;
import org.sallyport.api.audit.Origin;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.transport.ChannelEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests of the channel port: the two Create…Channel calls of agents, and the upgrades. Signature first, parsing second. Any thread;
 * blocks for the store.
 */
final class ChannelRequests implements ChannelEndpoint {
    /** Service name in the credential scope of everything signed here. */
    static final String SERVICE = "ssmmessages";

    private static final Logger LOG = LoggerFactory.getLogger(ChannelRequests.class);

    private static final String UNKNOWN = "UnknownOperationException";
    private static final Failure DEFECT =
            new Failure("InternalServerException", "The server failed; its log says why.");

    /** What is asked for is not there. */
    private static final class UnknownException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;

        UnknownException(int status, String message) {
            super(message);
            this.status = status;
        }
    }

    private final Neighbours neighbours;
    private final ChannelAudit audit;
    private final ControlChannelRegistry control;
    private final DataChannels data;

    ChannelRequests(Neighbours neighbours, ControlChannelRegistry control, DataChannels data) {
        this.neighbours = neighbours;
        this.audit = new ChannelAudit(neighbours);
        this.control = control;
        this.data = data;
    }

    @Override
    public Answer request(WireRequest request) {
        Optional<ChannelPath> path = ChannelPath.parse(request.rawPath());
        try (AuditCall call = audit.open(request, path, "Create", ChannelAudit.origin(request))) {
            try {
                Answer answer = create(request, path, call);
                call.answered(Optional.empty(), Map.of());
                return answer;
            } catch (SallyportException e) {
                call.answered(Optional.of(ChannelAudit.failure(e)), Map.of());
                return XmlAnswers.error(e);
            } catch (RuntimeException e) {
                call.answered(Optional.of(DEFECT), Map.of());
                return failed(request, e);
            } catch (UnknownException e) {
                call.answered(Optional.of(new Failure(UNKNOWN, e.getMessage())), Map.of());
                return XmlAnswers.error(e.status, UNKNOWN, e.getMessage());
            }
        }
    }

    @Override
    public Upgrade upgrade(WireRequest request) {
        Optional<ChannelPath> path = ChannelPath.parse(request.rawPath());
        Origin origin = ChannelAudit.origin(request);
        try (AuditCall call = audit.open(request, path, "Open", origin)) {
            try {
                if (path.isEmpty() || !request.method().equals("GET")) {
                    throw new UnknownException(404, "There is no channel at this path.");
                }
                return path.get().kind() == ChannelPath.Kind.CONTROL
                        ? upgradeControl(request, path.get().id(), call, origin)
                        : upgradeData(request, path.get().id(), call, origin);
            } catch (SallyportException e) {
                call.answered(Optional.of(ChannelAudit.failure(e)), Map.of());
                return Upgrade.refuse(XmlAnswers.error(e));
            } catch (RuntimeException e) {
                call.answered(Optional.of(DEFECT), Map.of());
                return Upgrade.refuse(failed(request, e));
            } catch (UnknownException e) {
                call.answered(Optional.of(new Failure(UNKNOWN, e.getMessage())), Map.of());
                return Upgrade.refuse(XmlAnswers.error(e.status, UNKNOWN, e.getMessage()));
            }
        }
    }

    private Answer create(WireRequest request, Optional<ChannelPath> path, AuditCall call) throws UnknownException {
        if (path.isEmpty()) {
            throw new UnknownException(404, "There is nothing at this path.");
        }
        if (!request.method().equals("POST")) {
            throw new UnknownException(405, "Use POST, or a web-socket upgrade with GET.");
        }
        Principal caller = verified(request, call);
        if (!ChannelJson.createsChannel(request.body())) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT,
                    "The body must be a JSON object of at most %d bytes with MessageSchemaVersion and RequestId."
                            .formatted(ChannelJson.MAX_BYTES));
        }
        String id = path.get().id();
        return path.get().kind() == ChannelPath.Kind.CONTROL
                ? XmlAnswers.created("CreateControlChannel", neighbours.nodes().createControlChannel(caller, id))
                : XmlAnswers.created("CreateDataChannel", neighbours.sessions().createDataChannel(caller, id));
    }

    private Upgrade upgradeControl(WireRequest request, String nodeId, AuditCall call, Origin origin) {
        Principal caller = verified(request, call);
        if (caller.type() != PrincipalType.NODE || !caller.name().equals(nodeId)) {
            throw new SallyportException(
                    AccessError.ACCESS_DENIED,
                    "User: %s is not authorized to open the control channel of %s".formatted(caller.arn(), nodeId));
        }
        ControlChannel accepted = control.accept(nodeId);
        accepted.from(origin);
        call.answered(Optional.empty(), Map.of());
        return Upgrade.accept(accepted);
    }

    /** Clients are accepted and told refusals inside; a node's channel must not be accepted and then closed. */
    private Upgrade upgradeData(WireRequest request, String sessionId, AuditCall call, Origin origin) {
        Optional<Principal> signer = signed(request) ? Optional.of(verified(request, call)) : Optional.empty();
        if (signer.isEmpty()) {
            requireOrigin(request);
        }
        if (signer.isPresent() && signer.get().type() != PrincipalType.USER) {
            neighbours.sessions().admitNode(signer.get(), sessionId);
        }
        if (data.full()) {
            throw new SallyportException(
                    CommonError.SERVICE_AWAY, "Too many connections wait for their token. Try again in a moment.");
        }
        // its record is written when it shows its token
        DataChannel accepted = data.accept(sessionId, signer);
        accepted.from(origin);
        return Upgrade.accept(accepted);
    }

    /**
     * Browsers alone send an origin, and none may come from another site's page. Refused before the upgrade, since a browser shows its page
     * nothing of what is said inside.
     */
    private void requireOrigin(WireRequest request) {
        List<String> origins = request.headers().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Origin"))
                .map(Map.Entry::getValue)
                .toList();
        if (!origins.isEmpty()
                && !origins.equals(List.of(origin(neighbours.address().api())))) {
            throw new SallyportException(
                    AccessError.ACCESS_DENIED, "Only the console's own pages may open a data channel from a browser.");
        }
    }

    /** As browsers write it: without the port when it is the scheme's own. */
    private static String origin(URI api) {
        String port = api.getPort() < 0 || api.getPort() == 443 ? "" : ":" + api.getPort();
        return api.getScheme() + "://" + api.getHost().toLowerCase(Locale.ROOT) + port;
    }

    private Principal verified(WireRequest request, AuditCall call) {
        VerifiedCaller caller = neighbours.verifier().verify(request, SERVICE);
        call.by(Actor.of(caller.principal(), caller.accessKeyId()));
        return caller.principal();
    }

    private static boolean signed(WireRequest request) {
        return request.header("Authorization").isPresent() || request.rawQuery().contains("X-Amz-Signature=");
    }

    private static Answer failed(WireRequest request, RuntimeException e) {
        LOG.error("{} {} failed", request.method(), request.rawPath(), e);
        return XmlAnswers.error(500, "InternalServerException", "The server failed; its log says why.");
    }
}
