package org.sallyport.adapter.policy.iam.document;

import java.util.List;

/** Principal or NotPrincipal of a trust policy or another policy on a resource. */
public record PrincipalElement(List<Name> names, boolean negated) {

    /**
     * One principal.
     *
     * @param type AWS, Service, Federated or CanonicalUser
     * @param text an ARN, an account, an id, a service, or {@code *}
     */
    public record Name(String type, String text) {}

    public PrincipalElement {
        names = List.copyOf(names);
    }
}
