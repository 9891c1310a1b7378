package org.sallyport.core.session;

import java.util.Optional;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.session.EndCause;
import org.sallyport.api.session.SessionError;
import org.sallyport.api.session.Sessions.Started;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.kernel.store.Transactions;
import org.sallyport.spi.node.TierPolicy;

/** What people do with a session that exists: resume and terminate it. The decision comes before the look-up. */
final class Ownership {
    private final Transactions transactions;
    private final SessionTable sessions;
    private final TokenTable tokens;
    private final Services services;
    private final Ending ending;
    private final Times times;

    Ownership(
            Transactions transactions,
            SessionTable sessions,
            TokenTable tokens,
            Services services,
            Ending ending,
            Times times) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.tokens = tokens;
        this.services = services;
        this.ending = ending;
        this.times = times;
    }

    Started resume(Principal caller, String sessionId) {
        SessionRow row = decidedRow(caller, "ssm:ResumeSession", sessionId);
        if (!row.ownerId().equals(caller.id())) {
            throw denied(caller, "ssm:ResumeSession", sessionId);
        }
        String url = StreamUrls.of(services.address(), sessionId);
        if (row.state().over()) {
            return new Started(sessionId, Optional.empty(), url);
        }
        Optional<TierPolicy.Refusal> refusal = services.tiers().session(row.nodeId());
        if (refusal.isPresent()) {
            // an error would leave the client hanging for ever; without a token it ends
            ending.end(sessionId, EndCause.TIER, refusal.get().message());
            return new Started(sessionId, Optional.empty(), url);
        }
        Optional<String> token = transactions.run(c -> {
            Optional<SessionRow> now = sessions.lock(c, sessionId);
            return now.isEmpty() || now.get().state().over()
                    ? Optional.empty()
                    : Optional.of(tokens.issue(c, sessionId, DataEnd.CLIENT, caller.id(), times.serving()));
        });
        return new Started(sessionId, token, url);
    }

    String terminate(Principal caller, String sessionId) {
        SessionRow row = decidedRow(caller, "ssm:TerminateSession", sessionId);
        boolean own = row.ownerId().equals(caller.id());
        ending.end(
                sessionId,
                own ? EndCause.CLIENT : EndCause.TERMINATED,
                own ? "" : PlainText.of("Session ended by " + caller.arn(), NodeMessages.MAX_TEXT));
        return sessionId;
    }

    /** The row is looked up for its tags; before the decision nobody is told whether it is there. */
    private SessionRow decidedRow(Principal caller, String action, String sessionId) {
        Optional<SessionRow> row = transactions.run(c -> sessions.find(c, sessionId));
        new SessionRule(services, caller, action, sessionId, row).require();
        return row.orElseThrow(() ->
                new SallyportException(SessionError.SESSION_UNKNOWN, "There is no session %s.".formatted(sessionId)));
    }

    private SallyportException denied(Principal caller, String action, String sessionId) {
        return services.decisions()
                .refusal(
                        new AccessRequest(caller, action, Arns.session(services.address(), sessionId)),
                        "A session is resumed by its owner alone.");
    }
}
