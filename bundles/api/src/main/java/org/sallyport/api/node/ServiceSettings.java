package org.sallyport.api.node;

import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.Principal;

/** Settings of the account. Each call asks the decision point first. */
@ProviderType
public interface ServiceSettings {
    /** Id of the tier setting: {@code standard} (default) or {@code advanced}. */
    String ACTIVATION_TIER = "/ssm/managed-instance/activation-tier";

    /**
     * Id of the default role of cloud instances: a role's name with its path, or {@code $None} (default), and then instances need a role of
     * their own.
     */
    String DEFAULT_ROLE = "/ssm/managed-instance/default-ec2-instance-management-role";

    /** Value of {@link #DEFAULT_ROLE} for none. */
    String NO_ROLE = "$None";

    /**
     * One setting.
     *
     * @param status {@code Default}, {@code Customized} or {@code PendingUpdate}
     * @param lastModifiedBy ARN of who changed it last, {@code System} when nobody did
     */
    record Setting(String id, String value, Instant lastModified, String lastModifiedBy, String arn, String status) {}

    /** {@code ssm:GetServiceSetting}; {@code settingId} is an id or a full ARN. Throws {@code SETTING_UNKNOWN}. */
    Setting get(Principal caller, String settingId);

    /**
     * {@code ssm:UpdateServiceSetting}, and {@code iam:PassRole} for the default role. Going back to the standard tier ends the sessions to
     * hybrid nodes; until they are ended the status is {@code PendingUpdate}. Throws {@code SETTING_UNKNOWN}, {@code INVALID_ARGUMENT},
     * {@code ROLE_UNKNOWN}, and {@code SETTING_REFUSED} while there are more hybrid nodes than the tier allows.
     */
    void update(Principal caller, String settingId, String value);

    /** {@code ssm:ResetServiceSetting}: back to the default, with what {@link #update} says of that value. Returns the setting as it is then. */
    Setting reset(Principal caller, String settingId);
}
