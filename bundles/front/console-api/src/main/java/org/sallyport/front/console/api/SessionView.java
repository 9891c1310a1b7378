package org.sallyport.front.console.api;

import java.time.Instant;
import org.sallyport.api.access.Principal;
import org.sallyport.api.session.EndCause;
import org.sallyport.api.session.SessionInfo;

/**
 * A session as lists show it.
 *
 * @param targetName the node's name, null when it has none or the caller may not list nodes
 * @param owner ARN
 * @param reason hostile text
 * @param cause name of the cause of its end
 * @param causeText the cause for people, with hostile text of the node
 * @param mine whether the caller started it
 */
record SessionView(
        String id,
        String target,
        @Maybe String targetName,
        String owner,
        String ownerName,
        String document,
        @Maybe String reason,
        String status,
        String startedAt,
        @Maybe String endedAt,
        @Maybe String cause,
        @Maybe String causeText,
        boolean mine) {

    static SessionView of(SessionInfo session, String targetName, Principal caller) {
        return new SessionView(
                session.id(),
                session.target(),
                targetName,
                session.ownerArn(),
                session.ownerArn().substring(session.ownerArn().lastIndexOf('/') + 1),
                session.documentName(),
                session.reason().orElse(null),
                session.state().wireName(),
                session.started().toString(),
                session.ended().map(Instant::toString).orElse(null),
                session.cause().map(EndCause::name).orElse(null),
                session.cause().isPresent() ? causeText(session) : null,
                session.ownerId().equals(caller.id()));
    }

    static String causeText(SessionInfo session) {
        String text = session.cause().map(SessionView::text).orElse("The session is over.");
        return session.detail()
                .filter(detail -> !detail.isBlank())
                .map(detail -> text + " " + detail)
                .orElse(text);
    }

    private static String text(EndCause cause) {
        return switch (cause) {
            case EXITED -> "The program on the node ended.";
            case CLIENT -> "The client ended the session.";
            case TERMINATED -> "Somebody terminated the session.";
            case NODE_SILENT -> "The node did not answer the start in time.";
            case NODE_FAILED -> "The node could not run the session.";
            case NODE_LOST -> "The node stayed away too long.";
            case CLIENT_LOST -> "The client stayed away too long.";
            case IDLE -> "Nothing was typed for too long.";
            case MAX_DURATION -> "The longest duration is over.";
            case ACCESS_REVOKED -> "The right to the session was taken away.";
            case NODE_REMOVED -> "The node was deregistered.";
            case TIER -> "The tier allows no session to the node any more.";
            case RECORDING -> "The session could not be recorded.";
            case SERVER -> "The server ended the session.";
        };
    }
}
