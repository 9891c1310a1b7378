package org.sallyport.front.aws.iam;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.iam.User;
import org.sallyport.api.iam.Users;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.OperationSet;
import org.sallyport.front.aws.Output;

/** Users. */
@Component
public final class UserOperations implements OperationSet {
    private final Users users;

    @Activate
    public UserOperations(@Reference Users users) {
        this.users = users;
    }

    private final Map<String, Operation> operations = Map.of(
            "iam.CreateUser", this::create,
            "iam.GetUser", this::get,
            "iam.UpdateUser", this::update,
            "iam.DeleteUser", this::delete,
            "iam.ListUsers", this::list);

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    private Output create(Operation.Call call) {
        Input input = call.input();
        User made = users.create(
                call.principal(),
                new Users.NewUser(
                        input.required("UserName"),
                        IamAnswers.path(input),
                        input.text("PermissionsBoundary"),
                        IamAnswers.tags(input)));
        return Output.empty().with("User", IamAnswers.user(made));
    }

    private Output get(Operation.Call call) {
        return Output.empty()
                .with(
                        "User",
                        IamAnswers.user(users.get(call.principal(), call.input().text("UserName"))));
    }

    private Output update(Operation.Call call) {
        Input input = call.input();
        users.update(call.principal(), input.required("UserName"), input.text("NewUserName"), input.text("NewPath"));
        return Output.empty();
    }

    private Output delete(Operation.Call call) {
        users.delete(call.principal(), call.input().required("UserName"));
        return Output.empty();
    }

    private Output list(Operation.Call call) {
        return IamAnswers.page(
                "Users", users.list(call.principal(), IamAnswers.listed(call.input())), IamAnswers::user);
    }
}
