package org.sallyport.core.access;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sallyport.api.access.Credential;
import org.sallyport.api.access.RoleSessions;
import org.sallyport.api.access.RoleSessions.Scope;
import org.sallyport.core.access.RoleTable.Whole;

/** STS's rules about names, lifetimes and source identities of sessions. */
final class SessionRules {
    private static final Duration SHORTEST = Duration.ofMinutes(15);
    private static final Duration LONGEST_CHAINED = Duration.ofHours(1);
    private static final Pattern SESSION_NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{2,64}");
    private static final Pattern SOURCE_IDENTITY = Pattern.compile("[A-Za-z0-9_+=,.@-]{2,64}");

    private SessionRules() {}

    static Optional<String> sourceIdentity(Credential from, Scope scope) {
        scope.sourceIdentity().ifPresent(text -> {
            if (!SOURCE_IDENTITY.matcher(text).matches()) {
                throw IamErrors.invalid("A source identity has 2 to 64 letters, digits and characters of _+=,.@-");
            }
            if (from.sourceIdentity().filter(set -> !set.equals(text)).isPresent()) {
                throw IamErrors.invalid("The source identity is set already and cannot be changed.");
            }
        });
        return scope.sourceIdentity().isPresent() ? scope.sourceIdentity() : from.sourceIdentity();
    }

    static Duration lifetime(Optional<Duration> asked, Whole role, boolean chained) {
        Duration wanted = asked.orElse(RoleSessions.ROLE_DEFAULT);
        if (chained && wanted.compareTo(LONGEST_CHAINED) > 0) {
            throw IamErrors.invalid(
                    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.");
        }
        if (wanted.compareTo(role.longest()) > 0) {
            throw IamErrors.invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
        checkRange(wanted, role.longest());
        return wanted;
    }

    static void checkRange(Duration wanted, Duration longest) {
        if (wanted.compareTo(SHORTEST) < 0 || wanted.compareTo(longest) > 0) {
            throw IamErrors.invalid("DurationSeconds must be %d to %d, was %d."
                    .formatted(SHORTEST.toSeconds(), longest.toSeconds(), wanted.toSeconds()));
        }
    }

    static void checkName(String sessionName) {
        if (!SESSION_NAME.matcher(sessionName).matches()) {
            throw IamErrors.invalid("A role session name has 2 to 64 letters, digits and characters of _+=,.@-");
        }
    }
}
