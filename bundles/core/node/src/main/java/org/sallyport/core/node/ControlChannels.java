package org.sallyport.core.node;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;
import org.sallyport.kernel.node.NodeChannels;
import org.sallyport.kernel.node.NodeEvent;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Transactions;

/** Tokens and signs of life of control channels, kept in the nodes' rows. */
@Component(service = NodeChannels.class, configurationPid = NodeKeeper.PID)
public final class ControlChannels implements NodeChannels {
    private static final Duration TOKEN_LIFE = Duration.ofSeconds(60);
    private static final Duration PING_INTERVAL = Duration.ofMinutes(1);
    private static final int TOKEN_BYTES = 32;
    private static final int TOKEN_LENGTH = 43;

    private final Decisions decisions;
    private final NodeTable table;
    private final EventsHeard heard;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    private volatile boolean refuseSecond;

    /** When a sign of life was last written, for nodes with an open channel; lost with this bundle, it costs a write each. */
    private final Map<String, Instant> written = new ConcurrentHashMap<>();

    @Activate
    public ControlChannels(
            @Reference DecisionPoint decisionPoint,
            @Reference ServerAddress address,
            @Reference EventsHeard heard,
            @Reference Transactions transactions,
            @Reference(target = NodeSchema.TARGET) Schema schema,
            NodeConfig config) {
        this(new Decisions(decisionPoint, address), new NodeTable(transactions), heard, Clock.systemUTC());
        configure(config);
    }

    ControlChannels(Decisions decisions, NodeTable table, EventsHeard heard, Clock clock) {
        this.decisions = decisions;
        this.table = table;
        this.heard = heard;
        this.clock = clock;
    }

    @Modified
    void configure(NodeConfig config) {
        refuseSecond = config.second_channel().equals("refuse");
    }

    @Override
    public String createControlChannel(Principal node, String nodeId) {
        decisions.requireSelf(node, PrincipalType.NODE, "ssmmessages:CreateControlChannel", nodeId);
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant expires = clock.instant().plus(TOKEN_LIFE);
        if (!NodeIds.valid(nodeId) || !table.controlToken(nodeId, hash(token), expires)) {
            throw new SallyportException(
                    NodeError.NODE_UNKNOWN, "There is no managed node " + nodeId + "; register it again.");
        }
        return token;
    }

    @Override
    public boolean opened(Opening opening) {
        String nodeId = opening.nodeId();
        Instant now = clock.instant();
        String token = opening.token();
        boolean plausible = NodeIds.valid(nodeId) && token != null && token.length() == TOKEN_LENGTH;
        if (!plausible || !table.takeControlToken(nodeId, hash(token), now) || !mayReplace(opening)) {
            return false;
        }
        written.put(nodeId, now);
        String version = NodeText.clean(opening.agentVersion());
        if (!version.isEmpty()) {
            table.agentVersion(nodeId, version);
        }
        return true;
    }

    /** A second channel from the same address is a node that came back; from another it is a clone, a thief of keys or a node that moved. */
    private boolean mayReplace(Opening opening) {
        Optional<String> elsewhere = opening.older().filter(older -> !older.equals(opening.sourceAddress()));
        boolean replaces = !refuseSecond || elsewhere.isEmpty();
        elsewhere.ifPresent(older -> heard.happened(new NodeEvent(
                NodeEvent.Kind.SECOND_CHANNEL,
                clock.instant(),
                Optional.empty(),
                opening.nodeId(),
                opening.sourceAddress(),
                Map.of("older", older, "decision", replaces ? "replace" : "refuse"))));
        return replaces;
    }

    @Override
    public void closed(String nodeId) {
        written.remove(nodeId);
        table.seen(nodeId, clock.instant());
    }

    @Override
    public void alive(String nodeId) {
        Instant now = clock.instant();
        Instant due = now.minus(PING_INTERVAL);
        Instant last = written.get(nodeId);
        if (last != null && last.isAfter(due)) {
            return;
        }
        written.put(nodeId, now);
        table.seen(nodeId, now);
    }

    private static String hash(String token) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
