package org.sallyport.front.aws.ssm;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.node.Nodes;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Admits a node (node-agent specification, section 2). Unsigned: the activation is the proof. */
@Component
@Serves(target = "AmazonSSM.RegisterManagedInstance", signed = false)
public final class RegisterManagedInstance implements Operation {
    private final Nodes nodes;

    @Activate
    public RegisterManagedInstance(@Reference Nodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public Output call(Call call) {
        Input input = call.input();
        String nodeId = nodes.register(new Nodes.Registration(
                input.required("ActivationId"),
                input.required("ActivationCode"),
                input.required("PublicKey"),
                input.required("PublicKeyType"),
                input.required("Fingerprint"),
                call.sourceAddress()));
        return Output.empty().with("InstanceId", nodeId);
    }
}
