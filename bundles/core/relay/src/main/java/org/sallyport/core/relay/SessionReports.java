package org.sallyport.core.relay;

import java.util.function.Consumer;
import org.sallyport.api.session.EndCause;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.kernel.session.SessionChannels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the relay tells core/session, in order for each session. A report waits up to 30 s for a core/session that is being swapped. One
 * that is lost does no harm: core/session compares its rows with what is attached.
 */
final class SessionReports {
    private static final Logger LOG = LoggerFactory.getLogger(SessionReports.class);
    private static final long LIMIT_MILLIS = 30_000;

    private final Calls calls;
    private final Neighbours neighbours;

    SessionReports(Calls calls, Neighbours neighbours) {
        this.calls = calls;
        this.neighbours = neighbours;
    }

    void attached(String sessionId, DataEnd end) {
        report("attached", sessionId, s -> s.attached(sessionId, end));
    }

    void detached(String sessionId, DataEnd end) {
        report("detached", sessionId, s -> s.detached(sessionId, end));
    }

    void nodeFinished(String sessionId) {
        report("node finished", sessionId, s -> s.nodeFinished(sessionId, EndCause.EXITED, ""));
    }

    void clientFinished(String sessionId) {
        report("client finished", sessionId, s -> s.clientFinished(sessionId));
    }

    void recordingFailed(String sessionId, String text) {
        report("recording failed", sessionId, s -> s.recordingFailed(sessionId, text));
    }

    private void report(String what, String sessionId, Consumer<SessionChannels> call) {
        calls.post(
                sessionId,
                "report '" + what + "' of session " + sessionId,
                () -> call.accept(neighbours.sessions()),
                LIMIT_MILLIS,
                () -> LOG.debug("report '{}' of session {} is lost", what, sessionId));
    }
}
