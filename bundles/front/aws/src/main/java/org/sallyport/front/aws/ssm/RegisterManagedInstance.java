package org.sallyport.front.aws.ssm;

import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.Nodes;
import org.sallyport.api.node.Nodes.Registration.Proof;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.RequestError;
import org.sallyport.front.aws.Serves;

/**
 * Admits a node (node-agent specification, section 2). Unsigned: the activation is the proof, or a document that somebody trusted signed, which
 * agents of this server alone send.
 */
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
        boolean activation = input.text("ActivationId").isPresent()
                && input.text("ActivationCode").isPresent();
        Optional<Proof> proof = input.text("Proof")
                .flatMap(document -> input.text("ProofMethod").map(method -> new Proof(method, document)));
        if (activation == proof.isPresent()) {
            throw new SallyportException(
                    RequestError.VALIDATION, "Give ActivationId and ActivationCode, or ProofMethod and Proof");
        }
        String nodeId = nodes.register(new Nodes.Registration(
                input.text("ActivationId").orElse(""),
                input.text("ActivationCode").orElse(""),
                input.required("PublicKey"),
                input.required("PublicKeyType"),
                input.required("Fingerprint"),
                call.sourceAddress(),
                proof));
        return Output.empty().with("InstanceId", nodeId);
    }
}
