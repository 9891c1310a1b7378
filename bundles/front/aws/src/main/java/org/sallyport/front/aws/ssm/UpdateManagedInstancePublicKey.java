package org.sallyport.front.aws.ssm;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.node.Nodes;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Takes the new key of a node (node-agent specification, section 3.3). */
@Component
@Serves(target = "AmazonSSM.UpdateManagedInstancePublicKey")
public final class UpdateManagedInstancePublicKey implements Operation {
    private final Nodes nodes;

    @Activate
    public UpdateManagedInstancePublicKey(@Reference Nodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public Output call(Call call) {
        Input input = call.input();
        nodes.rotateKey(call.principal(), input.required("NewPublicKey"), input.required("NewPublicKeyType"));
        return Output.empty();
    }
}
