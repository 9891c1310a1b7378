package org.sallyport.front.aws.ssm;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.node.Activations;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Makes a hybrid activation; its code is in this answer only. */
@Component
@Serves(target = "AmazonSSM.CreateActivation")
public final class CreateActivation implements Operation {
    private final Activations activations;

    @Activate
    public CreateActivation(@Reference Activations activations) {
        this.activations = activations;
    }

    @Override
    public Output call(Call call) {
        Input input = call.input();
        Activations.Created created = activations.create(
                call.principal(),
                new Activations.NewActivation(
                        input.text("Description").orElse(""),
                        input.text("DefaultInstanceName").filter(name -> !name.isEmpty()),
                        input.required("IamRole"),
                        input.number("RegistrationLimit").orElse(1),
                        input.time("ExpirationDate"),
                        TagMembers.map(input, "Tags")));
        return Output.empty().with("ActivationId", created.activation().id()).with("ActivationCode", created.code());
    }
}
