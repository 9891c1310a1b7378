package org.sallyport.front.aws;

import java.time.Instant;
import org.sallyport.api.access.Principal;
import org.sallyport.api.node.ServiceSettings;

/** The tier setting. */
final class FakeSettings implements ServiceSettings {
    String value = "standard";

    @Override
    public Setting get(Principal caller, String settingId) {
        return new Setting(
                settingId,
                value,
                Instant.EPOCH,
                "System",
                "arn:aws:ssm:onprem-1:000000000000:servicesetting" + settingId,
                "Default");
    }

    @Override
    public void update(Principal caller, String settingId, String value) {
        this.value = value;
    }

    @Override
    public Setting reset(Principal caller, String settingId) {
        value = "standard";
        return get(caller, settingId);
    }
}
