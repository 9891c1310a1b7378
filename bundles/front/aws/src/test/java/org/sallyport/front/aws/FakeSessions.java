package org.sallyport.front.aws;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.api.session.EndCause;
import org.sallyport.api.session.SessionError;
import org.sallyport.api.session.SessionInfo;
import org.sallyport.api.session.SessionState;
import org.sallyport.api.session.Sessions;

/** One session, and what it was asked for. */
final class FakeSessions implements Sessions {
    static final String ID = "carol-0123456789abcdef0";
    static final String OVER = "carol-0123456789abcdef1";
    static final String URL = "wss://gate.example.org:8444/v1/data-channel/" + ID;

    StartRequest started;
    Principal caller;
    boolean active;
    List<Filter> filters = List.of();
    SessionError refusal;

    @Override
    public Started start(Principal caller, StartRequest request) {
        if (refusal != null) {
            throw new SallyportException(refusal, "Refused for the test");
        }
        this.caller = caller;
        started = request;
        return new Started(ID, Optional.of("token"), URL);
    }

    @Override
    public Started resume(Principal caller, String sessionId) {
        return new Started(sessionId, sessionId.equals(OVER) ? Optional.empty() : Optional.of("token"), URL);
    }

    @Override
    public String terminate(Principal caller, String sessionId) {
        return sessionId;
    }

    @Override
    public Page<SessionInfo> describe(Principal caller, boolean active, List<Filter> filters, PageRequest page) {
        this.active = active;
        this.filters = filters;
        SessionInfo session = new SessionInfo(
                ID,
                FakeNodes.ID,
                "SSM-SessionManagerRunShell",
                caller.id(),
                caller.arn(),
                Optional.of("look"),
                SessionState.TERMINATED,
                Instant.parse("2026-03-01T12:00:00Z"),
                Optional.of(Instant.parse("2026-03-01T12:10:00Z")),
                Optional.of(EndCause.EXITED),
                Optional.empty());
        return new Page<>(List.of(session), Optional.empty());
    }
}
