package org.sallyport.core.node;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;
import org.sallyport.core.node.NodeTable.Proof;
import org.sallyport.kernel.node.NodeEvent;
import org.sallyport.kernel.node.NodeEvent.Kind;
import org.sallyport.kernel.store.Sql;
import org.sallyport.kernel.store.Transactions;

/**
 * Which machine a node is. Another fingerprint with the node's key is a clone of its disk, or the same machine with other parts: only a person
 * knows, so the last one that showed it is kept for a person to decide, and meanwhile it gets nothing.
 */
final class Machines {
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9A-Za-z-]{1,64}");

    private final Transactions transactions;
    private final EventsHeard heard;
    private final Clock clock;

    Machines(Transactions transactions, EventsHeard heard, Clock clock) {
        this.transactions = transactions;
        this.heard = heard;
        this.clock = clock;
    }

    /** @throws SallyportException {@code FINGERPRINT_MISMATCH} */
    void require(String nodeId, Proof kept, String shown, String sourceAddress) {
        if (same(kept.fingerprint(), shown)) {
            return;
        }
        boolean askable = shown != null && FINGERPRINT.matcher(shown).matches();
        boolean asked = askable && kept.other().filter(shown::equals).isPresent();
        if (askable && !(asked && kept.refused())) {
            ask(nodeId, shown, sourceAddress);
        }
        if (askable && !asked) {
            tell(Kind.MACHINE_DIFFERS, Optional.empty(), nodeId, sourceAddress, shown);
        }
        throw new SallyportException(
                NodeError.FINGERPRINT_MISMATCH,
                "The machine is not the one that node " + nodeId
                        + " was registered on. If it is a clone, register it as a"
                        + " node of its own with an activation; if it is the same machine with other parts, an operator"
                        + " can say so in the console under managed nodes.");
    }

    /** @throws SallyportException {@code NODE_UNKNOWN}, {@code MACHINE_UNKNOWN} */
    void accept(Principal caller, String nodeId, String fingerprint) {
        decide(
                nodeId,
                "UPDATE managed_node SET fingerprint = other_fingerprint, other_fingerprint = NULL, other_from = NULL,"
                        + " other_at = NULL, other_refused = FALSE, control_token = NULL"
                        + " WHERE id = ? AND other_fingerprint = ?",
                fingerprint);
        tell(Kind.MACHINE_ACCEPTED, Optional.of(caller), nodeId, "", fingerprint);
    }

    /** @throws SallyportException {@code NODE_UNKNOWN}, {@code MACHINE_UNKNOWN} */
    void refuse(Principal caller, String nodeId, String fingerprint) {
        decide(
                nodeId,
                "UPDATE managed_node SET other_refused = TRUE WHERE id = ? AND other_fingerprint = ?",
                fingerprint);
        tell(Kind.MACHINE_REFUSED, Optional.of(caller), nodeId, "", fingerprint);
    }

    private void ask(String nodeId, String shown, String sourceAddress) {
        transactions.run(connection -> Sql.update(
                connection,
                "UPDATE managed_node SET other_fingerprint = ?, other_from = ?, other_at = ?, other_refused = FALSE"
                        + " WHERE id = ?",
                shown,
                sourceAddress,
                clock.instant().toEpochMilli(),
                nodeId));
    }

    private void decide(String nodeId, String sql, String fingerprint) {
        transactions.run(connection -> {
            if (!NodeIds.valid(nodeId) || !NodeTable.lock(connection, nodeId)) {
                throw ManagedNodes.unknown(nodeId);
            }
            if (Sql.update(connection, sql, nodeId, fingerprint) == 0) {
                throw new SallyportException(
                        NodeError.MACHINE_UNKNOWN,
                        "No machine with that fingerprint asked for node " + nodeId
                                + " last; look again which one did.");
            }
            return null;
        });
    }

    private void tell(Kind kind, Optional<Principal> by, String nodeId, String source, String fingerprint) {
        heard.happened(new NodeEvent(
                kind, clock.instant(), by, nodeId, source, Map.of("fingerprint", NodeText.clean(fingerprint))));
    }

    private static boolean same(String kept, String shown) {
        byte[] text = shown == null ? new byte[0] : shown.getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(kept.getBytes(StandardCharsets.UTF_8), text);
    }
}
