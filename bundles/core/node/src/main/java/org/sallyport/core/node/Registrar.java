package org.sallyport.core.node;

import java.time.Clock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.node.Nodes.Registration;
import org.sallyport.core.node.NodeTable.NewNode;
import org.sallyport.spi.node.NodeAdmission.Admission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a node in: activation, tier, key, row (node-agent specification, section 2). What fails gives the activation its place back. */
final class Registrar {
    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9A-Za-z-]{1,64}");

    /** Attempts against other servers on the same store; in this one, registrations take turns. */
    private static final int ATTEMPTS = 20;

    private final NodeTable table;
    private final ActivationTiers tiers;
    private final AdmissionCalls admissions;
    private final Clock clock;
    private final ReentrantLock turn = new ReentrantLock();

    Registrar(NodeTable table, ActivationTiers tiers, AdmissionCalls admissions, Clock clock) {
        this.table = table;
        this.tiers = tiers;
        this.admissions = admissions;
        this.clock = clock;
    }

    String register(Registration wanted) {
        if (wanted.fingerprint() == null
                || !FINGERPRINT.matcher(wanted.fingerprint()).matches()) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT, "The fingerprint must be a UUID; update the node's agent.");
        }
        Admission admission = admissions.admit(wanted.activationId(), wanted.activationCode());
        try {
            String id = keep(wanted, admission);
            LOG.info(
                    "node {} registered by activation {} from {}",
                    id,
                    admission.activationId(),
                    wanted.sourceAddress());
            return id;
        } catch (RuntimeException e) {
            admissions.release(admission);
            throw e;
        }
    }

    /** The tier is asked about a count, outside of the transaction, and the row goes in only while that count still holds. */
    private String keep(Registration wanted, Admission admission) {
        turn.lock();
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                long nodes = table.count();
                requireRoom(nodes);
                NewNode node = node(wanted, admission);
                if (table.insertUnlessMoreThan(nodes, node)) {
                    return node.id();
                }
            }
        } finally {
            turn.unlock();
        }
        throw new SallyportException(
                CommonError.SERVICE_AWAY, "Too many nodes are registering at once; try again in a moment.");
    }

    private void requireRoom(long nodes) {
        tiers.registration(nodes).ifPresent(refusal -> {
            throw new SallyportException(NodeError.NODE_LIMIT, refusal.message());
        });
    }

    private NewNode node(Registration wanted, Admission admission) {
        String key = PublicKeys.text(PublicKeys.parse(wanted.publicKeyType(), wanted.publicKey()));
        return new NewNode(NodeIds.next(), admission, key, wanted.fingerprint(), clock.instant());
    }
}
