package org.sallyport.front.aws.iam;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.iam.Role;
import org.sallyport.api.iam.Roles;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.OperationSet;
import org.sallyport.front.aws.Output;

/** Roles. */
@Component
public final class RoleOperations implements OperationSet {
    private static final String NAME = "RoleName";
    private static final String ROLE = "Role";

    private final Roles roles;

    @Activate
    public RoleOperations(@Reference Roles roles) {
        this.roles = roles;
    }

    private final Map<String, Operation> operations = Map.of(
            "iam.CreateRole", this::create,
            "iam.GetRole", this::get,
            "iam.UpdateRole", this::update,
            "iam.UpdateRoleDescription", this::updateDescription,
            "iam.UpdateAssumeRolePolicy", this::updateTrust,
            "iam.DeleteRole", this::delete,
            "iam.ListRoles", this::list);

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    private Output create(Operation.Call call) {
        Input input = call.input();
        Role made = roles.create(
                call.principal(),
                new Roles.NewRole(
                        input.required(NAME),
                        IamAnswers.path(input),
                        input.required("AssumeRolePolicyDocument"),
                        input.text("Description").orElse(""),
                        input.seconds("MaxSessionDuration"),
                        input.text("PermissionsBoundary"),
                        IamAnswers.tags(input)));
        return Output.empty().with(ROLE, IamAnswers.role(made));
    }

    private Output get(Operation.Call call) {
        Role role = roles.get(call.principal(), call.input().required(NAME));
        return Output.empty().with(ROLE, IamAnswers.role(role));
    }

    private Output update(Operation.Call call) {
        Input input = call.input();
        roles.update(
                call.principal(), input.required(NAME), input.text("Description"), input.seconds("MaxSessionDuration"));
        return Output.empty();
    }

    private Output updateDescription(Operation.Call call) {
        Input input = call.input();
        Role changed = roles.updateDescription(call.principal(), input.required(NAME), input.required("Description"));
        return Output.empty().with(ROLE, IamAnswers.role(changed));
    }

    private Output updateTrust(Operation.Call call) {
        Input input = call.input();
        roles.updateTrust(call.principal(), input.required(NAME), input.required("PolicyDocument"));
        return Output.empty();
    }

    private Output delete(Operation.Call call) {
        roles.delete(call.principal(), call.input().required(NAME));
        return Output.empty();
    }

    private Output list(Operation.Call call) {
        return IamAnswers.page(
                "Roles", roles.list(call.principal(), IamAnswers.listed(call.input())), IamAnswers::role);
    }
}
