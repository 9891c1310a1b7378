package org.sallyport.front.aws.iam;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.iam.Boundaries;
import org.sallyport.api.iam.Owner;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.OperationSet;
import org.sallyport.front.aws.Output;

/** Permissions boundaries of users and roles. */
@Component
public final class BoundaryOperations implements OperationSet {
    private final Boundaries boundaries;

    @Activate
    public BoundaryOperations(@Reference Boundaries boundaries) {
        this.boundaries = boundaries;
    }

    private final Map<String, Operation> operations = Map.of(
            "iam.PutUserPermissionsBoundary", call -> put(call, Owners.user(call)),
            "iam.PutRolePermissionsBoundary", call -> put(call, Owners.role(call)),
            "iam.DeleteUserPermissionsBoundary", call -> delete(call, Owners.user(call)),
            "iam.DeleteRolePermissionsBoundary", call -> delete(call, Owners.role(call)));

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    private Output put(Operation.Call call, Owner owner) {
        boundaries.put(call.principal(), owner, call.input().required("PermissionsBoundary"));
        return Output.empty();
    }

    private Output delete(Operation.Call call, Owner owner) {
        boundaries.delete(call.principal(), owner);
        return Output.empty();
    }
}
