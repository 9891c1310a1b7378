package org.sallyport.front.aws.iam;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.Tags;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.OperationSet;
import org.sallyport.front.aws.Output;

/** Tags of users, roles, managed policies and instance profiles. */
@Component
public final class TagOperations implements OperationSet {
    private final Tags tags;

    @Activate
    public TagOperations(@Reference Tags tags) {
        this.tags = tags;
    }

    private final Map<String, Operation> operations = Map.ofEntries(
            Map.entry("iam.TagUser", call -> put(call, user(call))),
            Map.entry("iam.TagRole", call -> put(call, role(call))),
            Map.entry("iam.TagPolicy", call -> put(call, policy(call))),
            Map.entry("iam.TagInstanceProfile", call -> put(call, profile(call))),
            Map.entry("iam.UntagUser", call -> remove(call, user(call))),
            Map.entry("iam.UntagRole", call -> remove(call, role(call))),
            Map.entry("iam.UntagPolicy", call -> remove(call, policy(call))),
            Map.entry("iam.UntagInstanceProfile", call -> remove(call, profile(call))),
            Map.entry("iam.ListUserTags", call -> list(call, user(call))),
            Map.entry("iam.ListRoleTags", call -> list(call, role(call))),
            Map.entry("iam.ListPolicyTags", call -> list(call, policy(call))),
            Map.entry("iam.ListInstanceProfileTags", call -> list(call, profile(call))));

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    private Output put(Operation.Call call, Tags.Tagged tagged) {
        tags.put(call.principal(), tagged, IamAnswers.tags(call.input()));
        return Output.empty();
    }

    private Output remove(Operation.Call call, Tags.Tagged tagged) {
        tags.remove(call.principal(), tagged, call.input().texts("TagKeys"));
        return Output.empty();
    }

    private Output list(Operation.Call call, Tags.Tagged tagged) {
        return IamAnswers.page(
                "Tags", tags.list(call.principal(), tagged, call.input().marked()), IamAnswers::tag);
    }

    private static Tags.Tagged user(Operation.Call call) {
        return new Tags.Tagged(EntityKind.USER, call.input().required("UserName"));
    }

    private static Tags.Tagged role(Operation.Call call) {
        return new Tags.Tagged(EntityKind.ROLE, call.input().required("RoleName"));
    }

    private static Tags.Tagged policy(Operation.Call call) {
        return new Tags.Tagged(EntityKind.POLICY, call.input().required("PolicyArn"));
    }

    private static Tags.Tagged profile(Operation.Call call) {
        return new Tags.Tagged(EntityKind.INSTANCE_PROFILE, call.input().required("InstanceProfileName"));
    }
}
