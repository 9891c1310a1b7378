package org.sallyport.front.aws.ssm;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.node.Activations;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Deletes a hybrid activation. */
@Component
@Serves(target = "AmazonSSM.DeleteActivation")
public final class DeleteActivation implements Operation {
    private final Activations activations;

    @Activate
    public DeleteActivation(@Reference Activations activations) {
        this.activations = activations;
    }

    @Override
    public Output call(Call call) {
        activations.delete(call.principal(), call.input().required("ActivationId"));
        return Output.empty();
    }
}
