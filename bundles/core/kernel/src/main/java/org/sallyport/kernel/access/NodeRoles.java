package org.sallyport.kernel.access;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The roles that nodes act with. Provided by core/access, asked by core/node. Ask the decision point for {@code iam:PassRole} first: with the ARN that
 * is found here, or {@link #arn} when there is none, and with {@code iam:PassedToService} = {@link #SERVICE}. Any thread, outside of
 * transactions; blocks for the store and the policy adapter.
 */
@ProviderType
public interface NodeRoles {
    /** Who must be trusted by such a role. */
    String SERVICE = "ssm.amazonaws.com";

    /** Who must be trusted by the role of an instance profile, unless {@link #SERVICE} is. */
    String INSTANCES = "ec2.amazonaws.com";

    /** A role. */
    record NodeRole(String name, String arn) {}

    /** The role of that name, which may have its path before it; whatever it trusts. */
    Optional<NodeRole> find(String roleName);

    /** The role in an instance profile now, if it lets {@link #INSTANCES} or {@link #SERVICE} assume it. Empty while that cannot be decided. */
    Optional<NodeRole> ofInstanceProfile(String profileName);

    /** Whether its trust policy lets {@link #SERVICE} assume it. False while that cannot be decided. */
    boolean trustsNodes(String roleName);

    /** The ARN that a role of that name would have. */
    String arn(String roleName);
}
