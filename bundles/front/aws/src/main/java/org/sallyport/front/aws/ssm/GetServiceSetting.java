package org.sallyport.front.aws.ssm;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.node.ServiceSettings;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Shows a setting of the account. */
@Component
@Serves(target = "AmazonSSM.GetServiceSetting")
public final class GetServiceSetting implements Operation {
    private final ServiceSettings settings;

    @Activate
    public GetServiceSetting(@Reference ServiceSettings settings) {
        this.settings = settings;
    }

    @Override
    public Output call(Call call) {
        ServiceSettings.Setting setting =
                settings.get(call.principal(), call.input().required("SettingId"));
        return Output.empty().with("ServiceSetting", members(setting));
    }

    static Output members(ServiceSettings.Setting setting) {
        return Output.empty()
                .with("SettingId", setting.id())
                .with("SettingValue", setting.value())
                .with("LastModifiedDate", setting.lastModified())
                .with("LastModifiedUser", setting.lastModifiedBy())
                .with("ARN", setting.arn())
                .with("Status", setting.status());
    }
}
