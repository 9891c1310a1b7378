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
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;
import org.sallyport.kernel.node.NodeChannels;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Transactions;

/** Tokens and signs of life of control channels, kept in the nodes' rows. */
@Component(service = NodeChannels.class)
public final class ControlChannels implements NodeChannels {
    private static final Duration TOKEN_LIFE = Duration.ofSeconds(60);
    private static final Duration PING_INTERVAL = Duration.ofMinutes(1);
    private static final int TOKEN_BYTES = 32;
    private static final int TOKEN_LENGTH = 43;

    private final Decisions decisions;
    private final NodeTable table;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** When a sign of life was last written, for nodes with an open channel; lost with this bundle, it costs a write each. */
    private final Map<String, Instant> written = new ConcurrentHashMap<>();

    @Activate
    public ControlChannels(
            @Reference DecisionPoint decisionPoint,
            @Reference ServerAddress address,
            @Reference Transactions transactions,
            @Reference(target = NodeSchema.TARGET) Schema schema) {
        this(new Decisions(decisionPoint, address), new NodeTable(transactions), Clock.systemUTC());
    }

    ControlChannels(Decisions decisions, NodeTable table, Clock clock) {
        this.decisions = decisions;
        this.table = table;
        this.clock = clock;
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
    public boolean opened(String nodeId, String token, String agentVersion) {
        Instant now = clock.instant();
        boolean plausible = NodeIds.valid(nodeId) && token != null && token.length() == TOKEN_LENGTH;
        if (!plausible || !table.takeControlToken(nodeId, hash(token), now)) {
            return false;
        }
        written.put(nodeId, now);
        String version = NodeText.clean(agentVersion);
        if (!version.isEmpty()) {
            table.agentVersion(nodeId, version);
        }
        return true;
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
