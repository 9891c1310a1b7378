package org.sallyport.api.iam;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.Principal;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

/** The account as a whole, and what people have beside policies and keys. Any thread; blocks for the store. */
@ProviderType
public interface Account {
    /** A policy in line. */
    record Inline(String name, String document) {}

    /** What a user, group or role has of policies. */
    record Held(List<Inline> inline, List<AttachedPolicy> attached) {
        public Held {
            inline = List.copyOf(inline);
            attached = List.copyOf(attached);
        }
    }

    /** One thing of the account with all that hangs on it. */
    sealed interface Detail {}

    /** A user. */
    record UserDetail(User user, List<String> groups, Held held) implements Detail {
        public UserDetail {
            groups = List.copyOf(groups);
        }
    }

    /** A group. */
    record GroupDetail(Group group, Held held) implements Detail {}

    /** A role. */
    record RoleDetail(Role role, List<InstanceProfile> profiles, Held held) implements Detail {
        public RoleDetail {
            profiles = List.copyOf(profiles);
        }
    }

    /** A managed policy with its versions, newest first. */
    record PolicyDetail(ManagedPolicy policy, List<PolicyVersion> versions) implements Detail {
        public PolicyDetail {
            versions = List.copyOf(versions);
        }
    }

    /** What of an account's details is wanted. */
    enum Part {
        USERS,
        GROUPS,
        ROLES,
        /** Policies of this account. */
        LOCAL_POLICIES,
        /** Policies that came with the server. */
        AWS_POLICIES
    }

    /** A second factor that is on: {@code arn:aws:iam::<account>:mfa/<user name>}. */
    record Device(User user, String serialNumber) {}

    /** {@code iam:GetAccountSummary}: how much there is of everything, and the quotas, by AWS's names. */
    Map<String, Integer> summary(Principal caller);

    /** {@code iam:GetAccountAuthorizationDetails}: users, groups, roles and policies, in this order, each by name. */
    Page<Detail> details(Principal caller, Set<Part> parts, PageRequest page);

    /** {@code iam:ListMFADevices} on the user, who is the caller when no name is given: none or one. Throws {@code NO_SUCH_ENTITY}. */
    List<Device> devices(Principal caller, Optional<String> userName);

    /** {@code iam:ListVirtualMFADevices}: those of all users, by their names. */
    Page<Device> allDevices(Principal caller, PageRequest page);

    /**
     * {@code iam:DeleteVirtualMFADevice} on the device. One that is on must be deactivated first, and then there is none: it always throws.
     *
     * @throws org.sallyport.api.error.SallyportException {@code DELETE_CONFLICT} while it is on, else {@code NO_SUCH_ENTITY}
     */
    void deleteDevice(Principal caller, String serialNumber);

    /**
     * {@code sts:GetAccessKeyInfo}: the account of a key of this server, long-lived or temporary, whoever has it.
     *
     * @throws org.sallyport.api.error.SallyportException {@code VALIDATION_ERROR} for a key that this server did not issue or does not have any more
     */
    String ofKey(Principal caller, String accessKeyId);

    /**
     * For what users have in AWS and cannot have here, such as signing certificates: returns when the caller may ask for it and the user exists.
     *
     * @param action for instance {@code iam:ListSigningCertificates}
     * @param userName the caller when empty, who then must be a user, or have credentials of one
     * @throws org.sallyport.api.error.SallyportException {@code ACCESS_DENIED}, {@code NO_SUCH_ENTITY}
     */
    void requireUser(Principal caller, String action, Optional<String> userName);
}
