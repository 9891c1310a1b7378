package org.sallyport.front.aws.ssm;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.node.ServiceSettings;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Puts a setting of the account back to its default. */
@Component
@Serves(target = "AmazonSSM.ResetServiceSetting")
public final class ResetServiceSetting implements Operation {
    private final ServiceSettings settings;

    @Activate
    public ResetServiceSetting(@Reference ServiceSettings settings) {
        this.settings = settings;
    }

    @Override
    public Output call(Call call) {
        ServiceSettings.Setting setting =
                settings.reset(call.principal(), call.input().required("SettingId"));
        return Output.empty().with("ServiceSetting", GetServiceSetting.members(setting));
    }
}
