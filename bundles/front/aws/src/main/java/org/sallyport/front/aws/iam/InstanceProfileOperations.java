package org.sallyport.front.aws.iam;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.iam.InstanceProfile;
import org.sallyport.api.iam.InstanceProfiles;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.OperationSet;
import org.sallyport.front.aws.Output;

/** Instance profiles. */
@Component
public final class InstanceProfileOperations implements OperationSet {
    private static final String NAME = "InstanceProfileName";
    private static final String LIST = "InstanceProfiles";

    private final InstanceProfiles profiles;

    @Activate
    public InstanceProfileOperations(@Reference InstanceProfiles profiles) {
        this.profiles = profiles;
    }

    private final Map<String, Operation> operations = Map.of(
            "iam.CreateInstanceProfile", this::create,
            "iam.GetInstanceProfile", this::get,
            "iam.DeleteInstanceProfile", this::delete,
            "iam.ListInstanceProfiles", this::list,
            "iam.ListInstanceProfilesForRole", this::of,
            "iam.AddRoleToInstanceProfile", this::addRole,
            "iam.RemoveRoleFromInstanceProfile", this::removeRole);

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    private Output create(Operation.Call call) {
        Input input = call.input();
        InstanceProfile made =
                profiles.create(call.principal(), input.required(NAME), IamAnswers.path(input), IamAnswers.tags(input));
        return Output.empty().with("InstanceProfile", IamAnswers.instanceProfile(made));
    }

    private Output get(Operation.Call call) {
        InstanceProfile profile = profiles.get(call.principal(), call.input().required(NAME));
        return Output.empty().with("InstanceProfile", IamAnswers.instanceProfile(profile));
    }

    private Output delete(Operation.Call call) {
        profiles.delete(call.principal(), call.input().required(NAME));
        return Output.empty();
    }

    private Output list(Operation.Call call) {
        return IamAnswers.page(
                LIST, profiles.list(call.principal(), IamAnswers.listed(call.input())), IamAnswers::instanceProfile);
    }

    private Output of(Operation.Call call) {
        Input input = call.input();
        return IamAnswers.page(
                LIST,
                profiles.of(call.principal(), input.required("RoleName"), input.marked()),
                IamAnswers::instanceProfile);
    }

    private Output addRole(Operation.Call call) {
        Input input = call.input();
        profiles.addRole(call.principal(), input.required(NAME), input.required("RoleName"));
        return Output.empty();
    }

    private Output removeRole(Operation.Call call) {
        Input input = call.input();
        profiles.removeRole(call.principal(), input.required(NAME), input.required("RoleName"));
        return Output.empty();
    }
}
