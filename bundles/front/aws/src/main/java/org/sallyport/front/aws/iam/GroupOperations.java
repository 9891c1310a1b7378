package org.sallyport.front.aws.iam;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.iam.Groups;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.OperationSet;
import org.sallyport.front.aws.Output;

/** Groups and who is in them. */
@Component
public final class GroupOperations implements OperationSet {
    private static final String NAME = "GroupName";

    private final Groups groups;

    @Activate
    public GroupOperations(@Reference Groups groups) {
        this.groups = groups;
    }

    private final Map<String, Operation> operations = Map.of(
            "iam.CreateGroup", this::create,
            "iam.GetGroup", this::get,
            "iam.UpdateGroup", this::update,
            "iam.DeleteGroup", this::delete,
            "iam.ListGroups", this::list,
            "iam.AddUserToGroup", this::add,
            "iam.RemoveUserFromGroup", this::remove,
            "iam.ListGroupsForUser", this::of);

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    private Output create(Operation.Call call) {
        Input input = call.input();
        return Output.empty()
                .with(
                        "Group",
                        IamAnswers.group(
                                groups.create(call.principal(), input.required(NAME), IamAnswers.path(input))));
    }

    private Output get(Operation.Call call) {
        Input input = call.input();
        Groups.Members members = groups.get(call.principal(), input.required(NAME), input.marked());
        Output output = Output.empty()
                .with("Group", IamAnswers.group(members.group()))
                .with("Users", members.users().items(), IamAnswers::user);
        return IamAnswers.rest(output, members.users());
    }

    private Output update(Operation.Call call) {
        Input input = call.input();
        groups.update(call.principal(), input.required(NAME), input.text("NewGroupName"), input.text("NewPath"));
        return Output.empty();
    }

    private Output delete(Operation.Call call) {
        groups.delete(call.principal(), call.input().required(NAME));
        return Output.empty();
    }

    private Output list(Operation.Call call) {
        return IamAnswers.page(
                "Groups", groups.list(call.principal(), IamAnswers.listed(call.input())), IamAnswers::group);
    }

    private Output add(Operation.Call call) {
        groups.add(call.principal(), call.input().required(NAME), call.input().required("UserName"));
        return Output.empty();
    }

    private Output remove(Operation.Call call) {
        groups.remove(
                call.principal(), call.input().required(NAME), call.input().required("UserName"));
        return Output.empty();
    }

    private Output of(Operation.Call call) {
        Input input = call.input();
        return IamAnswers.page(
                "Groups", groups.of(call.principal(), input.required("UserName"), input.marked()), IamAnswers::group);
    }
}
