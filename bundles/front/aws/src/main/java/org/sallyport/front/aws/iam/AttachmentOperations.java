package org.sallyport.front.aws.iam;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.iam.Attachments;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.Owner;
import org.sallyport.api.page.Page;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.OperationSet;
import org.sallyport.front.aws.Output;

/** Which managed policies users, groups and roles have. */
@Component
public final class AttachmentOperations implements OperationSet {
    private static final String ARN = "PolicyArn";

    private final Attachments attachments;

    @Activate
    public AttachmentOperations(@Reference Attachments attachments) {
        this.attachments = attachments;
    }

    private final Map<String, Operation> operations = Map.of(
            "iam.AttachUserPolicy", call -> attach(call, Owners.user(call)),
            "iam.AttachGroupPolicy", call -> attach(call, Owners.group(call)),
            "iam.AttachRolePolicy", call -> attach(call, Owners.role(call)),
            "iam.DetachUserPolicy", call -> detach(call, Owners.user(call)),
            "iam.DetachGroupPolicy", call -> detach(call, Owners.group(call)),
            "iam.DetachRolePolicy", call -> detach(call, Owners.role(call)),
            "iam.ListAttachedUserPolicies", call -> list(call, Owners.user(call)),
            "iam.ListAttachedGroupPolicies", call -> list(call, Owners.group(call)),
            "iam.ListAttachedRolePolicies", call -> list(call, Owners.role(call)),
            "iam.ListEntitiesForPolicy", this::entities);

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    private Output attach(Operation.Call call, Owner owner) {
        attachments.attach(call.principal(), owner, call.input().required(ARN));
        return Output.empty();
    }

    private Output detach(Operation.Call call, Owner owner) {
        attachments.detach(call.principal(), owner, call.input().required(ARN));
        return Output.empty();
    }

    private Output list(Operation.Call call, Owner owner) {
        return IamAnswers.page(
                "AttachedPolicies",
                attachments.list(call.principal(), owner, IamAnswers.listed(call.input())),
                IamAnswers::attached);
    }

    private Output entities(Operation.Call call) {
        Input input = call.input();
        Page<Attachments.Entity> page = attachments.entities(
                call.principal(),
                new Attachments.Used(
                        input.required(ARN),
                        input.text("EntityFilter").map(AttachmentOperations::kind),
                        PolicyOperations.usage(input),
                        IamAnswers.listed(input)));
        Output output = Output.empty()
                .with("PolicyGroups", of(EntityKind.GROUP, page), entity("Group"))
                .with("PolicyUsers", of(EntityKind.USER, page), entity("User"))
                .with("PolicyRoles", of(EntityKind.ROLE, page), entity("Role"));
        return IamAnswers.rest(output, page);
    }

    /** Policies are no entities that have policies, but IAM lets ask for them. */
    private static EntityKind kind(String filter) {
        return switch (filter) {
            case "User" -> EntityKind.USER;
            case "Group" -> EntityKind.GROUP;
            case "Role" -> EntityKind.ROLE;
            default -> EntityKind.POLICY;
        };
    }

    private static List<Attachments.Entity> of(EntityKind kind, Page<Attachments.Entity> page) {
        return page.items().stream().filter(entity -> entity.kind() == kind).toList();
    }

    private static Function<Attachments.Entity, Output> entity(String kind) {
        return entity -> Output.empty().with(kind + "Name", entity.name()).with(kind + "Id", entity.id());
    }
}
