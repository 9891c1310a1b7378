package org.sallyport.adapter.policy.iam.lint;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.sallyport.adapter.policy.iam.document.ActionPatterns;
import org.sallyport.adapter.policy.iam.document.Statement;
import org.sallyport.adapter.policy.iam.pattern.Glob;

/** What a statement is about when its conditions are left aside, whatever the region and account. */
final class Reach {
    /** Ids that nobody has: a pattern that matches one matches any. */
    static final String ANY_NODE = "managed-instance/mi-0f0f0f0f0f0f0f0f0";

    static final String ANY_INSTANCE = "instance/i-0f0f0f0f0f0f0f0f0";
    static final String ANY_SESSION = "session/nobody-0f0f0f0f0f0f0f0f0";

    private static final int PARTS = 6;

    private Reach() {}

    static boolean allows(Statement statement, String action) {
        return statement.allow() && statement.actions().match(ActionPatterns.key(action));
    }

    /** Whether its resources hold one of that service whose last part is this text. */
    static boolean covers(Statement statement, String service, String lastPart) {
        return statement
                .resources()
                .map(element -> element.written().stream().anyMatch(text -> covers(text, service, lastPart))
                        != element.isNegated())
                .orElse(true);
    }

    private static boolean covers(String pattern, String service, String lastPart) {
        if (pattern.equals("*")) {
            return true;
        }
        String[] parts = pattern.split(":", PARTS);
        if (!parts[2].equals(service)) {
            return false;
        }
        return parts.length == PARTS
                ? Glob.matches(Glob.compile(parts[PARTS - 1]), lastPart)
                : parts[parts.length - 1].endsWith("*");
    }

    static boolean coversAnyNode(Statement statement) {
        return covers(statement, "ssm", ANY_NODE) || covers(statement, "ec2", ANY_INSTANCE);
    }

    /** Whether one of its conditions asks for a key that begins so; compared without case. */
    static boolean asks(Statement statement, String beginning) {
        return statement.conditions().stream()
                .anyMatch(condition ->
                        condition.key().toLowerCase(Locale.ROOT).startsWith(beginning.toLowerCase(Locale.ROOT)));
    }

    /** Whether it allows everything on everything, which is meant when it is written. */
    static boolean isAdministrator(Statement statement) {
        return statement.allow()
                && !statement.actions().isNegated()
                && statement.actions().written().contains("*")
                && statement.resources().isPresent()
                && statement.resources().get().written().contains("*")
                && !statement.resources().get().isNegated()
                && statement.conditions().isEmpty();
    }

    /** Those of the actions that it allows. */
    static List<String> allowed(Statement statement, Set<String> actions) {
        return actions.stream()
                .filter(action -> allows(statement, action))
                .sorted()
                .toList();
    }
}
