package org.sallyport.core.session;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sallyport.api.session.EndCause;
import org.sallyport.kernel.session.NodeSessions;
import org.sallyport.kernel.store.Transactions;

/** Ends what runs on a node when the node engine says so. */
final class NodeEnds implements NodeSessions {
    private final Transactions transactions;
    private final SessionTable sessions;
    private final Ending ending;

    NodeEnds(Transactions transactions, SessionTable sessions, Ending ending) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.ending = ending;
    }

    @Override
    public int endOfNode(String nodeId, EndCause cause, String detail) {
        List<SessionRow> live =
                transactions.run(c -> sessions.select(c, States.in(States.LIVE) + " AND node_id = ?", nodeId));
        int ended = 0;
        for (SessionRow row : live) {
            if (ending.end(row.id(), cause, PlainText.of(detail, NodeMessages.MAX_TEXT))) {
                ended++;
            }
        }
        return ended;
    }

    @Override
    public Set<String> nodesInUse() {
        return transactions.run(c -> {
            Set<String> nodes = new HashSet<>();
            try (var s = c.prepareStatement("SELECT DISTINCT node_id FROM sessions WHERE " + States.in(States.LIVE));
                    var r = s.executeQuery()) {
                while (r.next()) {
                    nodes.add(r.getString(1));
                }
            }
            return nodes;
        });
    }
}
