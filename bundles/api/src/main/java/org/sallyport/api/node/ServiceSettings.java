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
     * One setting.
     *
     * @param status {@code Default}, {@code Customized} or {@code PendingUpdate}
     * @param lastModifiedBy ARN of who changed it last, {@code System} when nobody did
     */
    record Setting(String id, String value, Instant lastModified, String lastModifiedBy, String arn, String status) {}

    /** {@code ssm:GetServiceSetting}; {@code settingId} is an id or a full ARN. Throws {@code SETTING_UNKNOWN}. */
    Setting get(Principal caller, String settingId);

    /** {@code ssm:UpdateServiceSetting}. Throws {@code SETTING_UNKNOWN}, {@code INVALID_ARGUMENT}. */
    void update(Principal caller, String settingId, String value);
}
