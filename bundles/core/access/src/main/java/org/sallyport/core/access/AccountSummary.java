package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.kernel.store.Sql;
import org.sallyport.spi.access.PolicyKind;

/** How much there is of everything, and the quotas, by AWS's names. There is no root user, and there are no certificates. */
final class AccountSummary {
    private static final int NONE = 0;

    private AccountSummary() {}

    static Map<String, Integer> read(Connection connection) throws SQLException {
        Map<String, Integer> summary = new TreeMap<>();
        counted(connection, summary, EntityKind.USER, "Users", StoredUsers.MOST);
        counted(connection, summary, EntityKind.GROUP, "Groups", StoredGroups.MOST);
        counted(connection, summary, EntityKind.ROLE, "Roles", StoredRoles.MOST);
        counted(connection, summary, EntityKind.INSTANCE_PROFILE, "InstanceProfiles", StoredProfiles.MOST);
        counted(connection, summary, EntityKind.POLICY, "Policies", StoredPolicies.MOST);
        summary.put("PolicyVersionsInUse", number(connection, "access_policy_versions"));
        summary.put("PolicyVersionsInUseQuota", StoredPolicies.MOST * StoredPolicies.MOST_VERSIONS);
        summary.put("VersionsPerPolicyQuota", StoredPolicies.MOST_VERSIONS);
        summary.put("GroupsPerUserQuota", StoredGroups.MOST_OF_USER);
        summary.put("AccessKeysPerUserQuota", StoredUserKeys.MOST);
        summary.put("AttachedPoliciesPerUserQuota", StoredAttachments.MOST);
        summary.put("AttachedPoliciesPerGroupQuota", StoredAttachments.MOST);
        summary.put("AttachedPoliciesPerRoleQuota", StoredAttachments.MOST);
        size(summary, "PolicySizeQuota", PolicyKind.MANAGED);
        size(summary, "UserPolicySizeQuota", PolicyKind.USER_INLINE);
        size(summary, "GroupPolicySizeQuota", PolicyKind.GROUP_INLINE);
        size(summary, "RolePolicySizeQuota", PolicyKind.ROLE_INLINE);
        size(summary, "AssumeRolePolicySizeQuota", PolicyKind.TRUST);
        int devices = number(connection, "access_second_factors WHERE confirmed = TRUE");
        summary.put("MFADevices", devices);
        summary.put("MFADevicesInUse", devices);
        summary.put("AccountMFAEnabled", NONE);
        summary.put("AccountAccessKeysPresent", NONE);
        summary.put("AccountSigningCertificatesPresent", NONE);
        summary.put("ServerCertificates", NONE);
        summary.put("ServerCertificatesQuota", NONE);
        summary.put("SigningCertificatesPerUserQuota", NONE);
        return summary;
    }

    private static void counted(
            Connection connection, Map<String, Integer> summary, EntityKind kind, String name, int quota)
            throws SQLException {
        summary.put(name, (int) EntityTable.count(connection, kind));
        summary.put(name + "Quota", quota);
    }

    private static void size(Map<String, Integer> summary, String name, PolicyKind kind) {
        summary.put(name, kind.quota().orElseThrow());
    }

    private static int number(Connection connection, String from) throws SQLException {
        return (int) Sql.number(connection, "SELECT COUNT(*) FROM " + from);
    }
}
