package org.sallyport.front.aws.iam;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.iam.Simulations;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.OperationSet;
import org.sallyport.front.aws.Output;

/** What would be decided, and which condition keys policies ask for. */
@Component
public final class SimulationOperations implements OperationSet {
    private static final String DOCUMENTS = "PolicyInputList";
    private static final String BOUNDARY = "PermissionsBoundaryPolicyInputList";
    private static final String SOURCE = "PolicySourceArn";

    private final Simulations simulations;

    @Activate
    public SimulationOperations(@Reference Simulations simulations) {
        this.simulations = simulations;
    }

    private final Map<String, Operation> operations = Map.of(
            "iam.SimulateCustomPolicy", this::custom,
            "iam.SimulatePrincipalPolicy", this::principal,
            "iam.GetContextKeysForCustomPolicy", this::contextKeys,
            "iam.GetContextKeysForPrincipalPolicy", this::contextKeysOf);

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    private Output custom(Operation.Call call) {
        Input input = call.input();
        return SimulationAnswers.page(
                simulations.custom(
                        call.principal(),
                        input.texts(DOCUMENTS),
                        input.texts(BOUNDARY),
                        questions(call.principal(), input)),
                input.marked());
    }

    private Output principal(Operation.Call call) {
        Input input = call.input();
        return SimulationAnswers.page(
                simulations.principal(
                        call.principal(),
                        input.required(SOURCE),
                        input.texts(DOCUMENTS),
                        input.texts(BOUNDARY),
                        questions(call.principal(), input)),
                input.marked());
    }

    private Output contextKeys(Operation.Call call) {
        return keys(simulations.contextKeys(call.principal(), call.input().texts(DOCUMENTS)));
    }

    private Output contextKeysOf(Operation.Call call) {
        Input input = call.input();
        return keys(simulations.contextKeysOf(call.principal(), input.required(SOURCE), input.texts(DOCUMENTS)));
    }

    private static Output keys(List<String> names) {
        return Output.empty().withTexts("ContextKeyNames", names);
    }

    private static Simulations.Questions questions(Principal caller, Input input) {
        if (input.text("ResourceHandlingOption").isPresent()) {
            throw invalid("ResourceHandlingOption is about actions of EC2 that this server does not have.");
        }
        input.text("ResourceOwner").filter(owner -> !isAccount(owner, caller)).ifPresent(owner -> {
            throw invalid("ResourceOwner must be the account " + caller.accountId() + ", the only one of this server.");
        });
        Map<String, List<String>> context = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Input entry : input.structures("ContextEntries")) {
            String key = entry.text("ContextKeyName")
                    .orElseThrow(() -> invalid("Each of ContextEntries needs its ContextKeyName."));
            if (context.put(key, entry.texts("ContextKeyValues")) != null) {
                throw invalid("ContextEntries has the key " + key + " twice.");
            }
        }
        return new Simulations.Questions(
                input.texts("ActionNames"),
                input.texts("ResourceArns"),
                context,
                input.text("ResourcePolicy"),
                input.text("CallerArn"));
    }

    private static boolean isAccount(String owner, Principal caller) {
        return owner.equals(caller.accountId()) || owner.equals("arn:aws:iam::" + caller.accountId() + ":root");
    }

    private static SallyportException invalid(String text) {
        return new SallyportException(IamError.INVALID_INPUT, text);
    }
}
