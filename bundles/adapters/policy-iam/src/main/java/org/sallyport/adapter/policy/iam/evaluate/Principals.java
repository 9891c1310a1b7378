package org.sallyport.adapter.policy.iam.evaluate;

import java.util.List;
import org.sallyport.adapter.policy.iam.document.PrincipalElement;
import org.sallyport.api.access.Principal;

/**
 * Compares who asks with a Principal element. A service that asks is known by the key {@code aws:PrincipalServiceName}, a provider's user by
 * {@code aws:FederatedProvider}; both are set by the caller of the decision and never by a request.
 *
 * @see "IAM user guide, AWS JSON policy elements: Principal"
 */
final class Principals {
    private static final String SERVICE_KEY = "aws:PrincipalServiceName";
    private static final String PROVIDER_KEY = "aws:FederatedProvider";

    private Principals() {}

    static Grant match(PrincipalElement element, Question question) {
        Grant best = Grant.NONE;
        for (PrincipalElement.Name name : element.names()) {
            Grant grant = grant(name, question);
            if (grant.compareTo(best) > 0) {
                best = grant;
            }
        }
        if (!element.negated()) {
            return best;
        }
        return best == Grant.NONE ? Grant.DIRECT : Grant.NONE;
    }

    private static Grant grant(PrincipalElement.Name name, Question question) {
        return switch (name.type()) {
            case "AWS" -> aws(name.text(), question.principal());
            case "Service" -> direct(question.context().values(SERVICE_KEY), name.text());
            case "Federated" -> direct(question.context().values(PROVIDER_KEY), name.text());
            default -> Grant.NONE;
        };
    }

    private static Grant direct(List<String> values, String text) {
        return text.equals("*") || values.contains(text) ? Grant.DIRECT : Grant.NONE;
    }

    private static Grant aws(String text, Principal principal) {
        if (text.equals("*") || text.equals(principal.arn()) || text.equals(principal.id())) {
            return Grant.DIRECT;
        }
        if (text.equals(principal.accountId())
                || text.startsWith("arn:") && text.endsWith(":iam::" + principal.accountId() + ":root")) {
            return Grant.ACCOUNT;
        }
        return isRoleOf(text, principal) ? Grant.ROLE : Grant.NONE;
    }

    /** Whether the text is the id or the ARN of the role whose session asks; the ARN of a session leaves the role's path out. */
    private static boolean isRoleOf(String text, Principal principal) {
        int colon = principal.id().indexOf(':');
        if (colon > 0 && text.equals(principal.id().substring(0, colon))) {
            return true;
        }
        String[] session = principal.arn().split(":", 6);
        String[] role = text.split(":", 6);
        if (session.length < 6 || role.length < 6 || !session[5].startsWith("assumed-role/")) {
            return false;
        }
        String name = session[5].split("/")[1];
        return role[2].equals("iam")
                && role[4].equals(session[4])
                && role[5].startsWith("role/")
                && role[5].endsWith("/" + name);
    }
}
