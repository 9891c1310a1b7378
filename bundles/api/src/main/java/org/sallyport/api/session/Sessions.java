package org.sallyport.api.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.Principal;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

/**
 * Starts, resumes and ends sessions. Each call asks the decision point first, on the ids as given. Any thread; blocks for the store,
 * never for a node.
 */
@ProviderType
public interface Sessions {

    /** What to start. */
    record StartRequest(
            String target,
            Optional<String> documentName,
            Optional<String> reason,
            Map<String, List<String>> parameters) {}

    /**
     * How the client reaches its session. {@code toString} hides the token.
     *
     * @param token one use, 60 s; empty on resume when the session is over
     * @param streamUrl the same for the whole life of the session
     */
    record Started(String sessionId, Optional<String> token, String streamUrl) {
        @Override
        public String toString() {
            return "Started[" + sessionId + "]";
        }
    }

    /** A filter of {@link #describe}: {@code Target}, {@code Owner}, {@code Status}, {@code SessionId}, {@code Text} (without case, anywhere in id, target, owner, document or reason), {@code InvokedAfter} or {@code InvokedBefore}. */
    record Filter(String key, String value) {}

    /** {@code ssm:StartSession}. Throws {@code ACCESS_DENIED}, then {@code TARGET_NOT_CONNECTED}, {@code DOCUMENT_UNKNOWN}, {@code TIER_REFUSED} and their kind. */
    Started start(Principal caller, StartRequest request);

    /** {@code ssm:ResumeSession}, by its owner. A session that is over gives no token (data-channel specification, section 8.3). */
    Started resume(Principal caller, String sessionId);

    /** {@code ssm:TerminateSession}; succeeds also for a session that is over. Returns the id. */
    String terminate(Principal caller, String sessionId);

    /**
     * {@code ssm:DescribeSessions}, newest first.
     *
     * @param active true for sessions that live, false for history
     */
    Page<SessionInfo> describe(Principal caller, boolean active, List<Filter> filters, PageRequest page);
}
