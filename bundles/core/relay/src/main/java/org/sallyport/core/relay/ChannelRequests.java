package org.sallyport.core.relay;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.access.WireRequest;
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

    private final Neighbours neighbours;
    private final ControlChannelRegistry control;
    private final DataChannels data;

    ChannelRequests(Neighbours neighbours, ControlChannelRegistry control, DataChannels data) {
        this.neighbours = neighbours;
        this.control = control;
        this.data = data;
    }

    @Override
    public Answer request(WireRequest request) {
        Optional<ChannelPath> path = ChannelPath.parse(request.rawPath());
        if (path.isEmpty()) {
            return XmlAnswers.error(404, "UnknownOperationException", "There is nothing at this path.");
        }
        if (!request.method().equals("POST")) {
            return XmlAnswers.error(405, "UnknownOperationException", "Use POST, or a web-socket upgrade with GET.");
        }
        try {
            return create(request, path.get());
        } catch (SallyportException e) {
            return XmlAnswers.error(e);
        } catch (RuntimeException e) {
            return failed(request, e);
        }
    }

    @Override
    public Upgrade upgrade(WireRequest request) {
        Optional<ChannelPath> path = ChannelPath.parse(request.rawPath());
        if (path.isEmpty() || !request.method().equals("GET")) {
            return Upgrade.refuse(
                    XmlAnswers.error(404, "UnknownOperationException", "There is no channel at this path."));
        }
        try {
            return path.get().kind() == ChannelPath.Kind.CONTROL
                    ? upgradeControl(request, path.get().id())
                    : upgradeData(request, path.get().id());
        } catch (SallyportException e) {
            return Upgrade.refuse(XmlAnswers.error(e));
        } catch (RuntimeException e) {
            return Upgrade.refuse(failed(request, e));
        }
    }

    private Answer create(WireRequest request, ChannelPath path) {
        Principal caller = verified(request);
        if (!ChannelJson.createsChannel(request.body())) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT,
                    "The body must be a JSON object of at most %d bytes with MessageSchemaVersion and RequestId."
                            .formatted(ChannelJson.MAX_BYTES));
        }
        return path.kind() == ChannelPath.Kind.CONTROL
                ? XmlAnswers.created("CreateControlChannel", neighbours.nodes().createControlChannel(caller, path.id()))
                : XmlAnswers.created("CreateDataChannel", neighbours.sessions().createDataChannel(caller, path.id()));
    }

    private Upgrade upgradeControl(WireRequest request, String nodeId) {
        Principal caller = verified(request);
        if (caller.type() != PrincipalType.NODE || !caller.name().equals(nodeId)) {
            throw new SallyportException(
                    AccessError.ACCESS_DENIED,
                    "User: %s is not authorized to open the control channel of %s".formatted(caller.arn(), nodeId));
        }
        return Upgrade.accept(control.accept(nodeId));
    }

    /** Clients are accepted and told refusals inside; a node's channel must not be accepted and then closed. */
    private Upgrade upgradeData(WireRequest request, String sessionId) {
        Optional<Principal> signer = signed(request) ? Optional.of(verified(request)) : Optional.empty();
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
        return Upgrade.accept(data.accept(sessionId, signer));
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

    private Principal verified(WireRequest request) {
        return neighbours.verifier().verify(request, SERVICE).principal();
    }

    private static boolean signed(WireRequest request) {
        return request.header("Authorization").isPresent() || request.rawQuery().contains("X-Amz-Signature=");
    }

    private static Answer failed(WireRequest request, RuntimeException e) {
        LOG.error("{} {} failed", request.method(), request.rawPath(), e);
        return XmlAnswers.error(500, "InternalServerException", "The server failed; its log says why.");
    }
}
