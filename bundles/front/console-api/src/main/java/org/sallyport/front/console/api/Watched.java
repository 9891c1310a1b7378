package org.sallyport.front.console.api;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeInfo;
import org.sallyport.api.node.Nodes.Filter;
import org.sallyport.api.page.PageRequest;
import org.sallyport.api.session.SessionInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream and what its person saw last. What changed is found by asking the same services that answer the lists, with the person's
 * own rights, so it tells nobody more than these, and it sees what any server of several did.
 */
final class Watched {
    private static final Logger LOG = LoggerFactory.getLogger(Watched.class);
    private static final long HEARTBEAT_NANOS = 15_000_000_000L;
    private static final int PAGE = 500;

    /** Those that wait and those that leave are shown as well. */
    private static final List<Filter> EVERY_STATE = List.of(new Filter("State", NodesResource.STATES));

    private final Services services;
    private final Caller caller;
    private final Stream stream;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final Seen<NodeInfo> nodes;
    private final Seen<SessionInfo> sessions;
    private volatile boolean retired;
    private long lastSent = System.nanoTime();

    Watched(Services services, Caller caller, Stream stream) {
        this.services = services;
        this.caller = caller;
        this.stream = stream;
        Principal person = caller.person();
        nodes = new Seen<>(
                next -> services.nodes().list(person, EVERY_STATE, new PageRequest(PAGE, next)),
                NodeInfo::id,
                // each heartbeat of a node changes the time of it and nothing that a list is for
                node -> List.of(
                                node.connected(),
                                node.name(),
                                node.report(),
                                node.tags(),
                                node.role(),
                                node.standing().state(),
                                asked(node))
                        .toString());
        sessions = new Seen<>(
                next -> services.sessions().describe(person, true, List.of(), new PageRequest(PAGE, next)),
                SessionInfo::id,
                session -> session.state().name());
    }

    /** The machine that is asked about, without the time of its last try: that changes with each one. */
    private static String asked(NodeInfo node) {
        return node.standing()
                .otherMachine()
                .map(other -> other.fingerprint() + other.refused())
                .orElse("");
    }

    String personId() {
        return caller.person().id();
    }

    /** Whether both are of one sign-in, which no two browsers share. */
    boolean sameBrowser(Watched other) {
        return caller.token().equals(other.caller.token());
    }

    /** The next turn ends it. */
    void retire() {
        retired = true;
    }

    /** Looks for the first time. Throws {@code ACCESS_DENIED} when neither is for this person. */
    void begin() {
        SallyportException refusal = null;
        int refused = 0;
        for (Seen<?> seen : List.of(nodes, sessions)) {
            try {
                seen.look();
            } catch (SallyportException e) {
                refused++;
                refusal = e;
            }
        }
        if (refused == 2) {
            throw refusal;
        }
    }

    /** Whether the caller shall run {@link #turn}; false while another thread does. */
    boolean takeTurn() {
        return busy.compareAndSet(false, true);
    }

    void missTurn() {
        busy.set(false);
    }

    /** Tells what changed; false when the stream is over. */
    boolean turn() {
        try {
            if (retired || !stream.open() || !services.webSessions().holds(caller.token())) {
                end();
                return false;
            }
            tell("nodes", nodes);
            tell("sessions", sessions);
            if (System.nanoTime() - lastSent > HEARTBEAT_NANOS) {
                stream.heartbeat();
                lastSent = System.nanoTime();
            }
            return true;
        } catch (SallyportException e) {
            LOG.debug("Changes cannot be told at the moment", e);
            return true;
        } catch (RuntimeException e) {
            LOG.debug("An event stream broke", e);
            end();
            return false;
        } finally {
            busy.set(false);
        }
    }

    void end() {
        stream.close();
    }

    private void tell(String event, Seen<?> seen) {
        try {
            Set<String> changed = seen.look();
            if (!changed.isEmpty() || seen.beyond()) {
                stream.changed(event, seen.beyond() ? Set.of() : changed);
                lastSent = System.nanoTime();
            }
        } catch (SallyportException e) {
            if (e.code() != AccessError.ACCESS_DENIED) {
                throw e;
            }
        }
    }
}
