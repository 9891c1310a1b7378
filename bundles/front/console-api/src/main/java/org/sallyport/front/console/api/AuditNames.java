package org.sallyport.front.console.api;

import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import org.sallyport.api.audit.EventType;
import org.sallyport.api.audit.Subject;
import org.sallyport.api.audit.Weight;

/**
 * How the audit trail names what is done in the console: as AWS does where the API has the same, so that one search finds both; else as the
 * API's description does ({@code operationId}), at {@code console.sallyport}.
 */
final class AuditNames {
    private static final Map<String, String> AWS = Map.ofEntries(
            Map.entry("Session.signIn", "signin:ConsoleLogin"),
            Map.entry("Session.signOut", "signin:ConsoleLogout"),
            Map.entry("Logins.signIn", "signin:CommandLineLogin"),
            Map.entry("Logins.signOut", "signin:CommandLineLogout"),
            Map.entry("SecondFactor.begin", "iam:CreateVirtualMFADevice"),
            Map.entry("SecondFactor.confirm", "iam:EnableMFADevice"),
            Map.entry("SecondFactor.remove", "iam:DeactivateMFADevice"),
            Map.entry("Users.resetSecondFactor", "iam:DeactivateMFADevice"),
            Map.entry("Nodes.list", "ssm:DescribeInstanceInformation"),
            Map.entry("Nodes.get", "ssm:DescribeInstanceInformation"),
            Map.entry("Activations.list", "ssm:DescribeActivations"),
            Map.entry("Activations.create", "ssm:CreateActivation"),
            Map.entry("Activations.delete", "ssm:DeleteActivation"),
            Map.entry("Sessions.list", "ssm:DescribeSessions"),
            Map.entry("Sessions.start", "ssm:StartSession"),
            Map.entry("Sessions.resume", "ssm:ResumeSession"),
            Map.entry("Sessions.terminate", "ssm:TerminateSession"),
            Map.entry("Audit.list", "cloudtrail:LookupEvents"));

    private AuditNames() {}

    static Subject subject(Class<?> resource, Method method) {
        String id = Route.name(resource, method);
        String[] aws =
                AWS.getOrDefault(id, AccessNames.AWS.getOrDefault(id, "")).split(":");
        boolean signIn = method.isAnnotationPresent(Open.class);
        return new Subject(
                signIn ? EventType.CONSOLE_SIGN_IN : EventType.CONSOLE_ACTION,
                aws.length == 2 ? aws[0] + ".amazonaws.com" : "console.sallyport",
                aws.length == 2 ? aws[1] : id);
    }

    /** What nobody matched. */
    static Subject unknown() {
        return new Subject(EventType.CONSOLE_ACTION, "console.sallyport", "UnknownOperation");
    }

    /** A sign-in gives a session that only who gets the answer has. */
    static Weight weight(Method method, String httpMethod) {
        if (method.isAnnotationPresent(Open.class)) {
            return Weight.ISSUES;
        }
        return httpMethod.toUpperCase(Locale.ROOT).equals("GET") ? Weight.READS : Weight.CHANGES;
    }
}
