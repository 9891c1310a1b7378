package org.sallyport.api.access;

import java.util.Objects;
import java.util.Optional;

/**
 * Who is behind a verified request. Owners are compared by {@link #id()}, never by name.
 *
 * @param accountId twelve digits
 * @param type what it is
 * @param id immutable unique id: {@code AIDA…} of a user, {@code AROA…:<session name>} of a role's session, {@code AROA…:mi-…} of a node in its
 *     role, {@code mi-…} of a node's key
 * @param name user name, role session name, or the node id
 * @param arn {@code arn:aws:iam::<account>:user/<name>}, {@code arn:aws:sts::<account>:assumed-role/<role>/<session name or node id>}
 *     or {@code arn:aws:ssm:<region>:<account>:managed-instance/<node id>}
 * @param credential what it signed with
 * @param origin where the request came from
 */
public record Principal(
        String accountId,
        PrincipalType type,
        String id,
        String name,
        String arn,
        Credential credential,
        Origin origin) {
    public Principal {
        Objects.requireNonNull(accountId);
        Objects.requireNonNull(type);
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
        Objects.requireNonNull(arn);
        Objects.requireNonNull(credential);
        Objects.requireNonNull(origin);
    }

    /** Of which nothing but its name is known. */
    public Principal(String accountId, PrincipalType type, String id, String name, String arn) {
        this(accountId, type, id, name, arn, Credential.NONE, Origin.NONE);
    }

    /** The node that this principal is; empty for people. */
    public Optional<String> nodeId() {
        return type == PrincipalType.NODE || type == PrincipalType.NODE_KEY ? Optional.of(name) : Optional.empty();
    }

    /** The same, asking from there. */
    public Principal from(Origin place) {
        return new Principal(accountId, type, id, name, arn, credential, place);
    }

    /** The same, having signed with that. */
    public Principal with(Credential proof) {
        return new Principal(accountId, type, id, name, arn, proof, origin);
    }
}
