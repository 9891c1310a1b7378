package org.sallyport.core.node;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.node.Nodes.Registration;
import org.sallyport.core.node.NodeTable.NewNode;
import org.sallyport.kernel.node.NodeEvent;
import org.sallyport.kernel.node.NodeEvent.Kind;
import org.sallyport.spi.node.NodeAdmission.Admission;

/**
 * Takes a node in: activation or proof, tier, key, row (node-agent specification, section 2). What fails gives the activation its place back,
 * and the document its use.
 */
final class Registrar {
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9A-Za-z-]{1,64}");

    /** Attempts against other servers on the same store; in this one, registrations take turns. */
    private static final int ATTEMPTS = 20;

    private final NodeTable table;
    private final ActivationTiers tiers;
    private final AdmissionCalls admissions;
    private final ProvenNodes proofs;
    private final EventsHeard heard;
    private final Clock clock;
    private final ReentrantLock turn = new ReentrantLock();

    Registrar(
            NodeTable table,
            ActivationTiers tiers,
            AdmissionCalls admissions,
            ProvenNodes proofs,
            EventsHeard heard,
            Clock clock) {
        this.table = table;
        this.tiers = tiers;
        this.admissions = admissions;
        this.proofs = proofs;
        this.heard = heard;
        this.clock = clock;
    }

    String register(Registration wanted) {
        try {
            if (wanted.fingerprint() == null
                    || !FINGERPRINT.matcher(wanted.fingerprint()).matches()) {
                throw new SallyportException(
                        CommonError.INVALID_ARGUMENT, "The fingerprint must be a UUID; update the node's agent.");
            }
            return wanted.proof().isPresent() ? byProof(wanted) : byActivation(wanted);
        } catch (SallyportException e) {
            tell(Kind.REGISTRATION_REFUSED, wanted.shown(), wanted, Map.of("reason", e.getMessage()));
            throw e;
        }
    }

    private String byActivation(Registration wanted) {
        Admission admission = admissions.admit(wanted.activationId(), wanted.activationCode(), wanted.sourceAddress());
        try {
            return registered(wanted, node(wanted, Joined.by(admission)));
        } catch (RuntimeException e) {
            admissions.release(admission);
            throw e;
        }
    }

    private String byProof(Registration wanted) {
        return proofs.admit(wanted, joined -> registered(wanted, node(wanted, joined)));
    }

    private String registered(Registration wanted, NewNode node) {
        Joined joined = node.joined();
        if (NodeIds.hybrid(node.id())) {
            keep(node);
        } else if (table.replace(node)) {
            proofs.replaced(node.id());
        }
        Map<String, String> details = Map.of(
                "provenBy", joined.provenBy(),
                "activation", joined.activationId(),
                "subject", joined.subject().orElse(""),
                "role", joined.role(),
                "waits", Boolean.toString(joined.approval()));
        tell(Kind.REGISTERED, node.id(), wanted, details);
        return node.id();
    }

    /** The tier is asked about a count, outside of the transaction, and the row goes in only while that count still holds. */
    private void keep(NewNode node) {
        turn.lock();
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                String tier = tiers.tier();
                // All nodes are counted only for a tier that may say no: each of thousands that come at once would
                // count all others.
                boolean limited = tiers.registration(tier, NodeTable.ANY_NUMBER).isPresent();
                long nodes = limited ? table.count() : NodeTable.ANY_NUMBER;
                tiers.registration(tier, nodes).ifPresent(refusal -> {
                    throw new SallyportException(NodeError.NODE_LIMIT, refusal.message());
                });
                if (table.insertUnlessMoreThan(nodes, tier, node)) {
                    return;
                }
            }
        } finally {
            turn.unlock();
        }
        throw new SallyportException(
                CommonError.SERVICE_AWAY, "Too many nodes are registering at once; try again in a moment.");
    }

    private NewNode node(Registration wanted, Joined joined) {
        String key = PublicKeys.text(PublicKeys.parse(wanted.publicKeyType(), wanted.publicKey()));
        return new NewNode(
                joined.nodeId().orElseGet(NodeIds::next),
                joined,
                key,
                wanted.fingerprint(),
                clock.instant(),
                wanted.sourceAddress());
    }

    private void tell(Kind kind, String subject, Registration wanted, Map<String, String> details) {
        heard.happened(new NodeEvent(
                kind, clock.instant(), Optional.empty(), NodeText.clean(subject), wanted.sourceAddress(), details));
    }
}
