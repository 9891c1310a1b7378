package org.sallyport.api.iam;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.Principal;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

/**
 * Managed policies and their versions. Those that came with the server belong to the account {@code aws} and are not changed. Any thread;
 * blocks for the store and the policy adapter.
 */
@ProviderType
public interface ManagedPolicies {
    /** A policy to make. */
    record NewPolicy(String name, String path, String document, String description, List<Tag> tags) {
        public NewPolicy {
            tags = List.copyOf(tags);
        }

        /** With nothing but a name and a document. */
        public static NewPolicy named(String name, String document) {
            return new NewPolicy(name, "/", document, "", List.of());
        }
    }

    /** Whose policies are wanted. */
    enum Scope {
        ALL,
        /** Those that came with the server. */
        AWS,
        /** Those of this account. */
        LOCAL
    }

    /** What a policy is used for. */
    enum Usage {
        PERMISSIONS,
        BOUNDARY
    }

    /**
     * Which policies are wanted.
     *
     * @param onlyAttached only those that something has, or that limit something
     * @param usage only those used so, if given
     */
    record Wanted(Scope scope, boolean onlyAttached, Optional<Usage> usage, Listed listed) {}

    /** {@code iam:CreatePolicy}. Throws {@code ENTITY_ALREADY_EXISTS}, {@code MALFORMED_POLICY_DOCUMENT}, {@code LIMIT_EXCEEDED} (1,500 policies, 6,144 characters). */
    ManagedPolicy create(Principal caller, NewPolicy policy);

    /** {@code iam:GetPolicy}. Throws {@code NO_SUCH_ENTITY}. */
    ManagedPolicy get(Principal caller, String arn);

    /** {@code iam:DeletePolicy}. Throws {@code DELETE_CONFLICT} while it is attached, limits something or has more than its default version. */
    void delete(Principal caller, String arn);

    /** {@code iam:ListPolicies}, by name and then ARN; description and tags are left out, as in AWS. */
    Page<ManagedPolicy> list(Principal caller, Wanted wanted);

    /** {@code iam:CreatePolicyVersion}. Throws {@code LIMIT_EXCEEDED} (5 versions), {@code MALFORMED_POLICY_DOCUMENT}, {@code NO_SUCH_ENTITY}. */
    PolicyVersion createVersion(Principal caller, String arn, String document, boolean setAsDefault);

    /** {@code iam:GetPolicyVersion}. Throws {@code NO_SUCH_ENTITY}. */
    PolicyVersion version(Principal caller, String arn, String versionId);

    /** {@code iam:ListPolicyVersions}, newest first. Throws {@code NO_SUCH_ENTITY}. */
    Page<PolicyVersion> versions(Principal caller, String arn, PageRequest page);

    /** {@code iam:SetDefaultPolicyVersion}. Throws {@code NO_SUCH_ENTITY}. */
    void setDefault(Principal caller, String arn, String versionId);

    /** {@code iam:DeletePolicyVersion}. Throws {@code DELETE_CONFLICT} for the default one; {@code NO_SUCH_ENTITY}. */
    void deleteVersion(Principal caller, String arn, String versionId);
}
