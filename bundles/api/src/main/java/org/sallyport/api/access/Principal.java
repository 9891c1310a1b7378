package org.sallyport.api.access;

import java.util.Objects;
import java.util.Optional;

/**
 * Who is behind a verified request. Owners are compared by {@link #id()}, never by name.
 *
 * @param accountId twelve digits
 * @param type what it is
 * @param id immutable unique id: {@code AIDA…} of a user, {@code AROA…:mi-…} of a node in its role, {@code mi-…} of a node's key
 * @param name user name, or the node id
 * @param arn {@code arn:aws:iam::<account>:user/<name>}, {@code arn:aws:sts::<account>:assumed-role/<role>/<node id>}
 *     or {@code arn:aws:ssm:<region>:<account>:managed-instance/<node id>}
 */
public record Principal(String accountId, PrincipalType type, String id, String name, String arn) {

    public Principal {
        Objects.requireNonNull(accountId);
        Objects.requireNonNull(type);
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
        Objects.requireNonNull(arn);
    }

    /** The node that this principal is; empty for people. */
    public Optional<String> nodeId() {
        return type == PrincipalType.USER ? Optional.empty() : Optional.of(name);
    }
}
