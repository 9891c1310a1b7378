package org.sallyport.front.console.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.node.NodeInfo;
import org.sallyport.api.node.NodeReport;
import org.sallyport.api.node.NodeStanding.OtherMachine;
import org.sallyport.api.node.Nodes.Filter;
import org.sallyport.api.page.PageRequest;

/** Managed nodes. */
@Path("nodes")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class NodesResource {
    private static final NodeReport NOTHING_SAID = new NodeReport("", "", "", "", "", "", "", "");

    static final List<String> STATES = List.of("ACTIVE", "PENDING", "LEAVING");

    private final Services services;
    private final Clock clock;

    NodesResource(Services services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    /** A node. What it says of itself is hostile text. */
    record Node(
            String id,
            @Maybe String name,
            String computerName,
            String pingStatus,
            boolean connected,
            String platformType,
            String platformName,
            String platformVersion,
            String agentName,
            String agentVersion,
            String ipAddress,
            Map<String, String> tags,
            String registeredAt,
            @Maybe String lastPingAt,
            @Maybe String activationId,
            String role,
            boolean hybrid,
            String state,
            String provenBy,
            @Maybe String subject,
            @Maybe String registeredFrom,
            List<OtherMachineShown> otherMachines) {
        static Node of(NodeInfo node, Instant now) {
            NodeReport report = node.report().orElse(NOTHING_SAID);
            return new Node(
                    node.id(),
                    node.name().orElse(null),
                    report.computerName(),
                    node.pingStatus(now),
                    node.connected(),
                    report.platformType(),
                    report.platformName(),
                    report.platformVersion(),
                    report.agentName(),
                    report.agentVersion(),
                    report.ipAddress(),
                    node.tags(),
                    node.registered().toString(),
                    node.lastPing().map(Instant::toString).orElse(null),
                    Inputs.text(node.activationId()).orElse(null),
                    node.role(),
                    node.hybrid(),
                    node.standing().state().name(),
                    node.standing().provenBy(),
                    node.standing().subject().orElse(null),
                    node.standing().registeredFrom().orElse(null),
                    node.standing().otherMachine().stream()
                            .map(OtherMachineShown::of)
                            .toList());
        }
    }

    /** Another machine, one at most, that showed the node's key, and is asked of a person unless refused. */
    record OtherMachineShown(String fingerprint, String from, String seenAt, boolean refused) {
        static OtherMachineShown of(OtherMachine other) {
            return new OtherMachineShown(
                    other.fingerprint(), other.sourceAddress(), other.seen().toString(), other.refused());
        }
    }

    @GET
    public Listing<Node> list(
            @QueryParam("text") List<String> text,
            @QueryParam("status") List<String> status,
            @QueryParam("platform") List<String> platform,
            @QueryParam("tag") List<String> tags,
            @QueryParam("state") List<String> state,
            @QueryParam("question") List<String> question,
            @QueryParam("activation") List<String> activation,
            @QueryParam("role") List<String> role,
            @QueryParam("max") Integer max,
            @QueryParam("next") String next,
            @Context SecurityContext security) {
        List<Filter> filters = new ArrayList<>();
        add("Text", text.stream().filter(value -> !value.isEmpty()).toList(), filters);
        add("PingStatus", status, filters);
        add("PlatformTypes", platform, filters);
        add("State", state, filters);
        add("Question", question, filters);
        add("ActivationIds", activation, filters);
        add("IamRole", role, filters);
        tags.forEach(tag -> filters.add(tag(tag)));
        Instant now = clock.instant();
        return Paging.listing(
                services.nodes().list(Caller.of(security).person(), filters, Paging.request(max, next)),
                node -> Node.of(node, now));
    }

    @GET
    @Path("{id}")
    public Node get(@PathParam("id") String id, @Context SecurityContext security) {
        List<Filter> filters = List.of(new Filter("InstanceIds", List.of(id)), new Filter("State", STATES));
        return services.nodes().list(Caller.of(security).person(), filters, PageRequest.first(1)).items().stream()
                .map(node -> Node.of(node, clock.instant()))
                .findFirst()
                .orElseThrow(() -> new SallyportException(
                        NodeError.NODE_UNKNOWN, "There is no managed node of that id; it may have been deregistered."));
    }

    private static void add(String key, List<String> values, List<Filter> filters) {
        if (!values.isEmpty()) {
            filters.add(new Filter(key, values));
        }
    }

    private static Filter tag(String given) {
        int equals = given.indexOf('=');
        if (equals < 1) {
            throw new SallyportException(CommonError.INVALID_ARGUMENT, "tag must be like key=value.");
        }
        return new Filter("tag:" + given.substring(0, equals), List.of(given.substring(equals + 1)));
    }
}
