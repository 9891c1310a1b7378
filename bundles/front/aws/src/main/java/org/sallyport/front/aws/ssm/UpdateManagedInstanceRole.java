package org.sallyport.front.aws.ssm;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.node.NodeLife;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Makes a node act with another role. */
@Component
@Serves(target = "AmazonSSM.UpdateManagedInstanceRole")
public final class UpdateManagedInstanceRole implements Operation {
    private final NodeLife life;

    @Activate
    public UpdateManagedInstanceRole(@Reference NodeLife life) {
        this.life = life;
    }

    @Override
    public Output call(Call call) {
        life.changeRole(
                call.principal(),
                call.input().required("InstanceId"),
                call.input().required("IamRole"));
        return Output.empty();
    }
}
