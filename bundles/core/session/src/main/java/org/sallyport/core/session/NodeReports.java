package org.sallyport.core.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sallyport.api.session.EndCause;
import org.sallyport.api.session.SessionState;
import org.sallyport.kernel.relay.ControlMessages;
import org.sallyport.kernel.relay.Relay;
import org.sallyport.kernel.store.Transactions;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MessageTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What nodes report on their control channels. The first report of a session counts, each is acknowledged. */
final class NodeReports implements ControlMessages {
    /** How long a node is reminded of sessions that it did not report. */
    static final Duration REMINDED = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger(NodeReports.class);
    private static final int MOST_REMINDERS = 1_000;

    private final Transactions transactions;
    private final SessionTable sessions;
    private final Services services;
    private final Ending ending;
    private final Times times;

    NodeReports(Transactions transactions, SessionTable sessions, Services services, Ending ending, Times times) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.services = services;
        this.ending = ending;
        this.times = times;
    }

    @Override
    public void fromNode(String nodeId, AgentMessage message) {
        if (!MessageTypes.AGENT_TASK_COMPLETE.equals(message.type())) {
            LOG.debug("node {}: {} is ignored", nodeId, message.type());
            return;
        }
        Optional<NodeMessages.Report> report = NodeMessages.report(message);
        if (report.isEmpty()) {
            LOG.debug("node {}: a report that cannot be read is ignored", nodeId);
            return;
        }
        complete(nodeId, report.get());
        services.relay()
                .toNode(nodeId, NodeMessages.acknowledge(message, report.get().sessionId(), times.wall()));
    }

    /** What got lost with the former channel is said again: orders to start, and that sessions are over. A node drops what it knows. */
    @Override
    public void nodeConnected(String nodeId) {
        Relay relay = services.relay();
        transactions.run(c -> sessions.ordersAgain(c, nodeId, times.serving())).forEach((sessionId, order) -> {
            LOG.info("session {}: node {} is told again to start it", sessionId, nodeId);
            relay.toNode(nodeId, NodeMessages.start(order, times.wall()));
        });
        long since = times.wall() - REMINDED.toMillis();
        List<SessionRow> leftovers = transactions.run(c -> sessions.select(
                c,
                "node_id = ? AND " + States.in(States.OVER) + " AND NOT node_done AND node_called_at IS NOT NULL"
                        + " AND ended_at > ? ORDER BY ended_at DESC FETCH FIRST " + MOST_REMINDERS + " ROWS ONLY",
                nodeId,
                since));
        for (SessionRow leftover : leftovers) {
            relay.toNode(nodeId, NodeMessages.close(leftover.id(), times.wall()));
        }
    }

    private void complete(String nodeId, NodeMessages.Report report) {
        Optional<SessionRow> ended = transactions.run(c -> {
            Optional<SessionRow> row =
                    sessions.lock(c, report.sessionId()).filter(r -> r.nodeId().equals(nodeId) && !r.nodeDone());
            if (row.isEmpty()) {
                return Optional.empty();
            }
            sessions.nodeDone(c, report.sessionId());
            if (row.get().state().over()) {
                return Optional.empty();
            }
            finish(c, row.get(), report);
            return sessions.find(c, report.sessionId()).filter(r -> !waitsForClient(r));
        });
        ended.ifPresent(row -> ending.end(
                row.id(), row.finishing().orElseThrow(), row.finishingDetail().orElse("")));
    }

    private void finish(Connection c, SessionRow row, NodeMessages.Report report) throws SQLException {
        boolean byClient = row.finishing().filter(EndCause.CLIENT::equals).isPresent();
        EndCause cause = byClient ? EndCause.CLIENT : report.failed() ? EndCause.NODE_FAILED : EndCause.EXITED;
        String detail = cause == EndCause.NODE_FAILED
                ? report.output().isEmpty() ? "The node could not run the session." : report.output()
                : "";
        sessions.move(c, row.id(), States.RUNNING, SessionState.TERMINATING, Optional.empty(), times.wall());
        sessions.finishing(
                c, row.id(), new SessionTable.End(cause, detail), times.serving() + Settings.CLIENT_FIRST.toMillis());
    }

    /** A client that comes in time gets the last output and then the end; a client that ended it itself does not come. */
    private static boolean waitsForClient(SessionRow row) {
        return !row.clientAttached()
                && row.finishing().filter(EndCause.CLIENT::equals).isEmpty();
    }
}
