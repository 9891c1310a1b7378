package org.sallyport.front.aws.iam;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.iam.InlinePolicies;
import org.sallyport.api.iam.Owner;
import org.sallyport.api.page.Page;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.OperationSet;
import org.sallyport.front.aws.Output;

/** Policies in line in users, groups and roles. */
@Component
public final class InlinePolicyOperations implements OperationSet {
    private static final String NAME = "PolicyName";
    private static final String DOCUMENT = "PolicyDocument";

    private final InlinePolicies policies;

    @Activate
    public InlinePolicyOperations(@Reference InlinePolicies policies) {
        this.policies = policies;
    }

    private final Map<String, Operation> operations = Map.ofEntries(
            Map.entry("iam.PutUserPolicy", call -> put(call, Owners.user(call))),
            Map.entry("iam.PutGroupPolicy", call -> put(call, Owners.group(call))),
            Map.entry("iam.PutRolePolicy", call -> put(call, Owners.role(call))),
            Map.entry("iam.GetUserPolicy", call -> get(call, Owners.user(call), "UserName")),
            Map.entry("iam.GetGroupPolicy", call -> get(call, Owners.group(call), "GroupName")),
            Map.entry("iam.GetRolePolicy", call -> get(call, Owners.role(call), "RoleName")),
            Map.entry("iam.DeleteUserPolicy", call -> delete(call, Owners.user(call))),
            Map.entry("iam.DeleteGroupPolicy", call -> delete(call, Owners.group(call))),
            Map.entry("iam.DeleteRolePolicy", call -> delete(call, Owners.role(call))),
            Map.entry("iam.ListUserPolicies", call -> list(call, Owners.user(call))),
            Map.entry("iam.ListGroupPolicies", call -> list(call, Owners.group(call))),
            Map.entry("iam.ListRolePolicies", call -> list(call, Owners.role(call))));

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    private Output put(Operation.Call call, Owner owner) {
        policies.put(
                call.principal(),
                owner,
                call.input().required(NAME),
                call.input().required(DOCUMENT));
        return Output.empty();
    }

    private Output get(Operation.Call call, Owner owner, String ownerMember) {
        String name = call.input().required(NAME);
        String document = policies.get(call.principal(), owner, name);
        return Output.empty()
                .with(ownerMember, owner.name())
                .with(NAME, name)
                .with(DOCUMENT, IamAnswers.encoded(document));
    }

    private Output delete(Operation.Call call, Owner owner) {
        policies.delete(call.principal(), owner, call.input().required(NAME));
        return Output.empty();
    }

    private Output list(Operation.Call call, Owner owner) {
        Page<String> page = policies.list(call.principal(), owner, call.input().marked());
        return IamAnswers.rest(Output.empty().withTexts("PolicyNames", page.items()), page);
    }
}
