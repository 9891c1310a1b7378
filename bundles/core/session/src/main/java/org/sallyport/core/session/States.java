package org.sallyport.core.session;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.sallyport.api.session.SessionState;

/** Sets of states, and their names for SQL. The names are the enum's own, so no text from outside gets into a statement. */
final class States {
    /** Both ends may still come and go. */
    static final Set<SessionState> RUNNING =
            EnumSet.of(SessionState.CONNECTING, SessionState.CONNECTED, SessionState.DISCONNECTED);

    /** Running, and not both ends are attached. */
    static final Set<SessionState> UNCONNECTED = EnumSet.of(SessionState.CONNECTING, SessionState.DISCONNECTED);

    /** Not over. */
    static final Set<SessionState> LIVE = EnumSet.of(
            SessionState.CONNECTING, SessionState.CONNECTED, SessionState.DISCONNECTED, SessionState.TERMINATING);

    static final Set<SessionState> OVER = EnumSet.complementOf(EnumSet.copyOf(LIVE));

    private States() {}

    /** For instance {@code state IN ('TERMINATED','FAILED')}. */
    static String in(Set<SessionState> states) {
        return states.stream().map(s -> "'" + s.name() + "'").collect(Collectors.joining(",", "state IN (", ")"));
    }
}
