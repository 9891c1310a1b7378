package org.sallyport.front.aws.ssm;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.node.ServiceSettings;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Changes a setting of the account. */
@Component
@Serves(target = "AmazonSSM.UpdateServiceSetting")
public final class UpdateServiceSetting implements Operation {
    private final ServiceSettings settings;

    @Activate
    public UpdateServiceSetting(@Reference ServiceSettings settings) {
        this.settings = settings;
    }

    @Override
    public Output call(Call call) {
        Input input = call.input();
        settings.update(call.principal(), input.required("SettingId"), input.required("SettingValue"));
        return Output.empty();
    }
}
