package org.sallyport.core.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Principal;
import org.sallyport.api.edge.ServerAddress;

/**
 * How a right to an existing session is asked for. Its owner may be meant by {@code session/${aws:username}-*} as well as by
 * {@code session/${aws:userid}-*}; and as the name of one may begin with the name of another, a pattern that begins with the caller's name does not
 * reach the sessions of others.
 */
final class SessionRule {
    private static final String OWNER_TAG = "aws:ssmmessages:session-id";
    private static final String TARGET_TAG = "aws:ssmmessages:target-id";
    private static final int DIGITS = 17;
    private final Services services;
    private final Principal caller;
    private final String action;
    private final String sessionId;
    private final Optional<SessionRow> row;

    /** @param row the session; looked up for its tags, and empty when there is none */
    SessionRule(Services services, Principal caller, String action, String sessionId, Optional<SessionRow> row) {
        this.services = services;
        this.caller = caller;
        this.action = action;
        this.sessionId = sessionId;
        this.row = row;
    }

    /** Throws {@code ACCESS_DENIED}, with the same text whether or not the session exists. */
    void require() {
        AccessRequest asGiven = request(sessionId);
        if (row.isEmpty()) {
            services.decisions().require(asGiven);
            return;
        }
        if (own()) {
            List<AccessRequest> names = new ArrayList<>(List.of(asGiven));
            names.add(request(caller.name() + suffix()));
            names.add(request(caller.id() + suffix()));
            services.decisions().requireOneOf(names.stream().distinct().toList());
            return;
        }
        services.decisions().require(asGiven);
        if (sessionId.startsWith(caller.name() + "-")
                || sessionId.startsWith(SessionIds.cleaned(caller.name()) + "-")) {
            String arn = Arns.session(services.address(), sessionId);
            services.decisions().require(request(row.get().ownerId() + suffix()), arn);
        }
    }

    boolean own() {
        return row.filter(found -> found.ownerId().equals(caller.id())).isPresent();
    }

    private String suffix() {
        return "-" + sessionId.substring(Math.max(0, sessionId.length() - DIGITS));
    }

    private AccessRequest request(String id) {
        ServerAddress address = services.address();
        return new AccessRequest(
                caller,
                action,
                Arns.session(address, id),
                row.map(SessionRule::tags).orElse(Map.of()));
    }

    private static Map<String, List<String>> tags(SessionRow row) {
        return Map.of(
                "ssm:resourceTag/" + OWNER_TAG, List.of(row.ownerId()),
                "ssm:resourceTag/" + TARGET_TAG, List.of(row.nodeId()),
                "aws:ResourceTag/" + OWNER_TAG, List.of(row.ownerId()),
                "aws:ResourceTag/" + TARGET_TAG, List.of(row.nodeId()));
    }
}
