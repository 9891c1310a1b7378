package org.sallyport.core.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.session.EndCause;
import org.sallyport.api.session.SessionError;
import org.sallyport.api.session.SessionState;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.kernel.session.SessionChannels;
import org.sallyport.kernel.store.Transactions;

/** Tokens and states of data channels, as the relay asks and reports them. */
final class Channels implements SessionChannels {
    /** How long the node may take from {@code Terminating} to its report. */
    static final long REPORT_MILLIS = 3_000;

    /** How long the node may take to obey the client's flag. */
    static final long FLAG_MILLIS = 5_000;

    private static final String NAMELESS = "-";
    private static final int MAX_CLIENT_ID = 128;

    private final Transactions transactions;
    private final SessionTable sessions;
    private final TokenTable tokens;
    private final Services services;
    private final Ending ending;
    private final Presence presence;
    private final Times times;

    Channels(
            Transactions transactions,
            SessionTable sessions,
            TokenTable tokens,
            Services services,
            Ending ending,
            Presence presence,
            Times times) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.tokens = tokens;
        this.services = services;
        this.ending = ending;
        this.presence = presence;
        this.times = times;
    }

    @Override
    public String createDataChannel(Principal node, String sessionId) {
        decide(node, "ssmmessages:CreateDataChannel", sessionId);
        return transactions.run(c -> {
            long now = times.serving();
            ofNode(node, "ssmmessages:CreateDataChannel", sessionId, sessions.lock(c, sessionId));
            sessions.nodeCalled(c, sessionId, now);
            return tokens.issue(c, sessionId, DataEnd.NODE, node.name(), now);
        });
    }

    @Override
    public void admitNode(Principal node, String sessionId) {
        decide(node, "ssmmessages:OpenDataChannel", sessionId);
        boolean token = transactions.run(c -> {
            ofNode(node, "ssmmessages:OpenDataChannel", sessionId, sessions.find(c, sessionId));
            return tokens.outstanding(c, sessionId, DataEnd.NODE, node.name(), times.serving());
        });
        if (!token) {
            throw refused("The data channel of %s needs a new token: call CreateDataChannel first.", sessionId);
        }
    }

    @Override
    public Attachment attach(OpenRequest request) {
        DataEnd end = request.signer().flatMap(Principal::nodeId).isPresent() ? DataEnd.NODE : DataEnd.CLIENT;
        SessionRow row = transactions.run(c -> {
            Optional<SessionRow> locked = sessions.lock(c, request.sessionId());
            String holder = holder(request, end, locked);
            if (!tokens.take(c, request.sessionId(), end, holder, request.token(), times.serving())) {
                throw badToken(request.sessionId());
            }
            SessionRow found = locked.orElseThrow();
            if (found.state().over()) {
                throw over(found);
            }
            if (end == DataEnd.CLIENT) {
                bindClient(c, found, request);
            }
            sessions.coming(c, found.id(), end, times.serving());
            return found;
        });
        return new Attachment(row.id(), end, row.nodeId(), row.sessionType(), row.separateOutput());
    }

    @Override
    public void attached(String sessionId, DataEnd end) {
        presence.attached(sessionId, end);
    }

    @Override
    public void detached(String sessionId, DataEnd end) {
        presence.detached(sessionId, end);
    }

    @Override
    public void nodeFinished(String sessionId, EndCause cause, String detail) {
        transactions.run(c -> {
            Optional<SessionRow> row = sessions.lock(c, sessionId);
            long wait = row.filter(SessionRow::clientAttached).isPresent()
                    ? REPORT_MILLIS
                    : Settings.CLIENT_FIRST.toMillis();
            return finishing(c, sessionId, new SessionTable.End(cause, detail), wait);
        });
    }

    @Override
    public void clientFinished(String sessionId) {
        transactions.run(c -> finishing(c, sessionId, new SessionTable.End(EndCause.CLIENT, ""), FLAG_MILLIS));
    }

    @Override
    public void recordingFailed(String sessionId, String detail) {
        ending.endAnyway(
                sessionId,
                EndCause.RECORDING,
                PlainText.of(
                        "The session ended because its record could not be kept: " + detail, NodeMessages.MAX_TEXT));
    }

    /** The first to finish says how the session will end. */
    private boolean finishing(Connection c, String sessionId, SessionTable.End end, long waitMillis)
            throws SQLException {
        boolean first =
                sessions.move(c, sessionId, States.RUNNING, SessionState.TERMINATING, Optional.empty(), times.wall());
        if (first) {
            sessions.finishing(c, sessionId, end, times.serving() + waitMillis);
        }
        return first;
    }

    private void bindClient(Connection c, SessionRow row, OpenRequest request) throws SQLException {
        // Some clients name no id; such a session is bound to clients that name none.
        String clientId = request.clientId().isEmpty() ? NAMELESS : request.clientId();
        if (clientId.length() > MAX_CLIENT_ID) {
            throw refused("The client of session %s has no valid ClientId.", row.id());
        }
        if (row.clientId().filter(clientId::equals).isPresent()) {
            return;
        }
        boolean handedOver = row.clientId().isPresent()
                && !clientId.equals(NAMELESS)
                && !row.clientId().get().equals(NAMELESS)
                && row.clientId().equals(request.takesOver());
        if (row.clientId().isPresent() && !handedOver) {
            throw refused("Session %s belongs to another client: it goes on in another terminal.", row.id());
        }
        sessions.clientId(c, row.id(), clientId);
    }

    private static String holder(OpenRequest request, DataEnd end, Optional<SessionRow> row) {
        if (end == DataEnd.NODE) {
            String node = request.signer().orElseThrow().name();
            if (row.filter(r -> r.nodeId().equals(node)).isEmpty()) {
                throw badToken(request.sessionId());
            }
            return node;
        }
        String owner = row.map(SessionRow::ownerId).orElseThrow(() -> badToken(request.sessionId()));
        if (request.signer().filter(s -> !s.id().equals(owner)).isPresent()) {
            throw refused("Session %s was started by somebody else.", request.sessionId());
        }
        return owner;
    }

    private void decide(Principal node, String action, String sessionId) {
        services.decisions().require(new AccessRequest(node, action, Arns.session(services.address(), sessionId)));
    }

    /** One text for a session that is not there and one of another node. */
    private void ofNode(Principal node, String action, String sessionId, Optional<SessionRow> row) {
        if (node.type() != PrincipalType.NODE
                || row.filter(r -> r.nodeId().equals(node.name())).isEmpty()) {
            throw new SallyportException(
                    AccessError.ACCESS_DENIED,
                    "User: %s is not authorized to perform: %s on resource: %s"
                            .formatted(node.arn(), action, Arns.session(services.address(), sessionId)));
        }
        if (row.get().state().over()) {
            throw over(row.get());
        }
    }

    private static SallyportException over(SessionRow row) {
        String detail =
                row.detail().filter(d -> !d.isEmpty()).map(d -> ": " + d).orElse("");
        return new SallyportException(
                SessionError.SESSION_OVER, "Session is already terminated (%s)%s".formatted(row.id(), detail));
    }

    private static SallyportException badToken(String sessionId) {
        return refused(
                "The token for session %s is not valid: it was used, is older than a minute, or is of another session."
                        + " Start the session again.",
                sessionId);
    }

    private static SallyportException refused(String text, String sessionId) {
        return new SallyportException(SessionError.TOKEN_REFUSED, text.formatted(sessionId));
    }
}
