package org.sallyport.core.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.sallyport.api.access.Principal;
import org.sallyport.api.document.Documents;
import org.sallyport.api.document.SessionDocument;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.session.EndCause;
import org.sallyport.api.session.SessionError;
import org.sallyport.api.session.SessionState;
import org.sallyport.api.session.Sessions.StartRequest;
import org.sallyport.api.session.Sessions.Started;
import org.sallyport.kernel.recording.Journals;
import org.sallyport.kernel.recording.Journals.Head;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.kernel.store.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts sessions: decisions on the ids as given, then the look-ups, then the row, then the order to the node. */
final class Starting {
    private static final Logger LOG = LoggerFactory.getLogger(Starting.class);
    private static final int MAX_TARGET = 400;
    private static final int MAX_DOCUMENT = 128;
    private static final int MAX_REASON = 256;

    private final Transactions transactions;
    private final SessionTable sessions;
    private final TokenTable tokens;
    private final Services services;
    private final Ending ending;
    private final Supplier<Settings> settings;
    private final Times times;
    private final SessionIds ids = new SessionIds();

    Starting(
            Transactions transactions,
            SessionTable sessions,
            TokenTable tokens,
            Services services,
            Ending ending,
            Supplier<Settings> settings,
            Times times) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.tokens = tokens;
        this.services = services;
        this.ending = ending;
        this.settings = settings;
        this.times = times;
    }

    Started start(Principal caller, StartRequest request) {
        checkLengths(request);
        decide(caller, request);
        SessionDocument.Resolved document =
                services.documents().resolve(request.documentName().orElse(Documents.DEFAULT), request.parameters());
        if (services.nodes().find(request.target()).isEmpty()
                || !services.relay().connected(request.target())) {
            throw notConnected(request.target());
        }
        services.tiers().session(request.target()).ifPresent(refusal -> {
            throw new SallyportException(SessionError.TIER_REFUSED, refusal.message());
        });

        Journals journals = services.journals();
        SessionRow row = row(caller, request, document.document());
        String order = NodeMessages.order(row.id(), document, row.ownerArn());
        String token = transactions.run(c -> {
            checkLimits(c, row);
            sessions.insert(c, row);
            sessions.order(c, row.id(), order);
            return tokens.issue(c, row.id(), DataEnd.CLIENT, row.ownerId(), times.serving());
        });
        record(journals, row, document.document().inputs().recordingFailOpen());
        if (!services.relay().toNode(row.nodeId(), NodeMessages.start(order, times.wall()))) {
            ending.end(row.id(), EndCause.NODE_LOST, "The node's connection was lost while the session started.");
            throw notConnected(request.target());
        }
        services.started();
        LOG.info("session {} to {} started by {}", row.id(), row.nodeId(), row.ownerArn());
        return new Started(row.id(), Optional.of(token), StreamUrls.of(services.address(), row.id()));
    }

    /** No journal, no session: the node has not been told of it, so nothing of it stays. */
    private void record(Journals journals, SessionRow row, boolean failOpen) {
        try {
            journals.begin(new Head(
                    row.id(),
                    row.nodeId(),
                    row.ownerId(),
                    row.ownerArn(),
                    row.documentName(),
                    row.sessionType(),
                    Instant.ofEpochMilli(row.startedAt()),
                    failOpen));
        } catch (SallyportException e) {
            forget(row);
            throw new SallyportException(e.code(), "The session is not started: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            forget(row);
            throw new SallyportException(
                    SessionError.RECORDING_IMPOSSIBLE,
                    "The session is not started: its record cannot be kept. The server's log says why.",
                    e);
        }
    }

    private void forget(SessionRow row) {
        try {
            transactions.run(c -> {
                sessions.delete(c, row.id());
                return null;
            });
        } catch (SallyportException e) {
            LOG.warn("session {} was not started and is ended by the sweep: {}", row.id(), e.getMessage());
        }
    }

    private void decide(Principal caller, StartRequest request) {
        StartRule rule = new StartRule(
                services,
                caller,
                request.target(),
                request.documentName(),
                settings.get().documentAlways());
        rule.questions(services.decisions()::allows).forEach(services.decisions()::require);
    }

    private void checkLimits(Connection c, SessionRow row) throws SQLException {
        String live = States.in(States.LIVE);
        Settings now = settings.get();
        limit(sessions.count(c, live), now.maxSessions(), "The server");
        limit(sessions.count(c, live + " AND node_id = ?", row.nodeId()), now.maxPerNode(), "The node");
        limit(sessions.count(c, live + " AND owner_id = ?", row.ownerId()), now.maxPerOwner(), "You");
    }

    private static void limit(long count, int max, String who) {
        if (count >= max) {
            throw new SallyportException(
                    SessionError.SESSION_LIMIT,
                    "%s already %s %d sessions, the most that are allowed. End one and try again."
                            .formatted(who, who.equals("You") ? "have" : "has", count));
        }
    }

    private SessionRow row(Principal caller, StartRequest request, SessionDocument document) {
        return new SessionRow(
                ids.next(caller.name()),
                request.target(),
                document.name(),
                document.sessionType(),
                NodeMessages.separateOutput(document),
                caller.id(),
                caller.arn(),
                Optional.of(OwnerText.write(caller)),
                request.documentName().isPresent(),
                request.reason(),
                SessionState.CONNECTING,
                times.wall(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                settings.get().limits().begin(document.inputs(), times.serving()));
    }

    private static void checkLengths(StartRequest request) {
        length("Target", request.target(), MAX_TARGET);
        request.documentName().ifPresent(name -> length("DocumentName", name, MAX_DOCUMENT));
        request.reason().ifPresent(reason -> length("Reason", reason, MAX_REASON));
    }

    private static void length(String what, String value, int max) {
        if (value.isEmpty() || value.length() > max) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT,
                    "%s must have 1 to %d characters, has %d.".formatted(what, max, value.length()));
        }
    }

    private static SallyportException notConnected(String target) {
        return new SallyportException(SessionError.TARGET_NOT_CONNECTED, target + " is not connected.");
    }
}
