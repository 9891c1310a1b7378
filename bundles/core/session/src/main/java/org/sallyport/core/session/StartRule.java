package org.sallyport.core.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Principal;
import org.sallyport.api.document.Documents;

/**
 * What must be allowed for a session to start: the node, and the document. Of who names no document the default one is asked for only where the
 * statement that allows demands it with the key {@code ssm:SessionDocumentAccessCheck}, as in AWS, or always when the server is set to.
 *
 * @see "Systems Manager user guide, Enforce a session document permission check"
 */
final class StartRule {
    private static final String ACTION = "ssm:StartSession";
    private static final String CHECK = "ssm:SessionDocumentAccessCheck";
    private final Principal caller;
    private final String nodeArn;
    private final Optional<String> named;
    private final String documentArn;
    private final boolean always;

    /** @param always whether the default document is asked for whatever the statements say */
    StartRule(Services services, Principal caller, String target, Optional<String> named, boolean always) {
        this.caller = caller;
        this.nodeArn = Arns.node(services.address(), target);
        this.named = named;
        this.documentArn = services.documents().arn(named.orElse(Documents.DEFAULT));
        this.always = always;
    }

    /** The questions that must all be allowed. */
    List<AccessRequest> questions(Predicate<AccessRequest> allows) {
        if (named.isEmpty() && !always) {
            AccessRequest unchecked = request(nodeArn, false);
            if (allows.test(unchecked)) {
                return List.of();
            }
        }
        return List.of(request(nodeArn, true), request(documentArn, true));
    }

    /** Whether the policies allow it. */
    boolean allowed(Predicate<AccessRequest> allows) {
        return questions(allows).stream().allMatch(allows);
    }

    private AccessRequest request(String resource, boolean checked) {
        return new AccessRequest(caller, ACTION, resource, Map.of(CHECK, List.of(Boolean.toString(checked))));
    }
}
