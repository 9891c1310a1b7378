package org.sallyport.front.aws.ssm;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.node.NodeLife;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Removes a node, with its sessions and credentials. */
@Component
@Serves(target = "AmazonSSM.DeregisterManagedInstance")
public final class DeregisterManagedInstance implements Operation {
    private final NodeLife life;

    @Activate
    public DeregisterManagedInstance(@Reference NodeLife life) {
        this.life = life;
    }

    @Override
    public Output call(Call call) {
        life.deregister(call.principal(), call.input().required("InstanceId"));
        return Output.empty();
    }
}
