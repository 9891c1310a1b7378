package org.sallyport.core.session;

import org.sallyport.api.error.SallyportException;
import org.sallyport.protocol.message.SessionNotice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people about sessions that go on. What cannot be told now is not told. Never inside of transactions. */
final class Notices {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

    private final Services services;

    Notices(Services services) {
        this.services = services;
    }

    /** @param millis until the session ends */
    void idleSoon(String sessionId, long millis) {
        tell(
                sessionId,
                SessionNotice.IDLE_SOON,
                millis,
                "Nothing was typed for long. The session ends in %d seconds unless something is typed.");
    }

    void durationSoon(String sessionId, long millis) {
        tell(
                sessionId,
                SessionNotice.DURATION_SOON,
                millis,
                "The session reaches its longest duration and ends in %d seconds.");
    }

    void nodeAway(String sessionId, long millis) {
        tell(
                sessionId,
                SessionNotice.NODE_AWAY,
                millis,
                "The node's connection is lost. The session ends in %d seconds unless it comes back.");
    }

    void nodeBack(String sessionId) {
        send(sessionId, new SessionNotice(SessionNotice.NODE_BACK, 0, "The node's connection is back."));
    }

    private void tell(String sessionId, String kind, long millis, String text) {
        long seconds = Math.max(1, (millis + 999) / 1_000);
        send(sessionId, new SessionNotice(kind, seconds, text.formatted(seconds)));
    }

    private void send(String sessionId, SessionNotice notice) {
        try {
            services.relay().notice(sessionId, notice);
        } catch (SallyportException e) {
            LOG.debug("session {}: {} is not told: {}", sessionId, notice.kind(), e.getMessage());
        }
    }
}
