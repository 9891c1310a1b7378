package org.sallyport.front.aws.iam;

import java.util.List;
import java.util.Optional;
import org.sallyport.api.iam.Account;
import org.sallyport.api.iam.Group;
import org.sallyport.api.iam.ManagedPolicy;
import org.sallyport.api.iam.Role;
import org.sallyport.api.iam.User;
import org.sallyport.front.aws.Output;

/** What GetAccountAuthorizationDetails tells of each thing; not the same members as elsewhere. */
final class DetailAnswers {
    private DetailAnswers() {}

    static Output user(Account.UserDetail detail) {
        User user = detail.user();
        Output output = Output.empty()
                .with("Path", user.path())
                .with("UserName", user.name())
                .with("UserId", user.id())
                .with("Arn", user.arn())
                .with("CreateDate", user.created())
                .with("UserPolicyList", detail.held().inline(), DetailAnswers::inline)
                .withTexts("GroupList", detail.groups())
                .with("AttachedManagedPolicies", detail.held().attached(), IamAnswers::attached);
        return output.withOutput("PermissionsBoundary", user.boundary().map(IamAnswers::boundary))
                .with("Tags", user.tags(), IamAnswers::tag);
    }

    static Output group(Account.GroupDetail detail) {
        Group group = detail.group();
        return IamAnswers.group(group)
                .with("GroupPolicyList", detail.held().inline(), DetailAnswers::inline)
                .with("AttachedManagedPolicies", detail.held().attached(), IamAnswers::attached);
    }

    static Output role(Account.RoleDetail detail) {
        Role role = detail.role();
        return Output.empty()
                .with("Path", role.path())
                .with("RoleName", role.name())
                .with("RoleId", role.id())
                .with("Arn", role.arn())
                .with("CreateDate", role.created())
                .with("AssumeRolePolicyDocument", IamAnswers.encoded(role.trust()))
                .with("InstanceProfileList", detail.profiles(), IamAnswers::instanceProfile)
                .with("RolePolicyList", detail.held().inline(), DetailAnswers::inline)
                .with("AttachedManagedPolicies", detail.held().attached(), IamAnswers::attached)
                .withOutput("PermissionsBoundary", role.boundary().map(IamAnswers::boundary))
                .withOutput("RoleLastUsed", role.lastUsed().map(IamAnswers::used))
                .with("Tags", role.tags(), IamAnswers::tag);
    }

    static Output policy(Account.PolicyDetail detail) {
        ManagedPolicy policy = detail.policy();
        return Output.empty()
                .with("PolicyName", policy.name())
                .with("PolicyId", policy.id())
                .with("Arn", policy.arn())
                .with("Path", policy.path())
                .with("DefaultVersionId", policy.defaultVersion())
                .with("AttachmentCount", policy.attachments())
                .with("PermissionsBoundaryUsageCount", policy.boundaries())
                .with("IsAttachable", true)
                .withText("Description", Optional.of(policy.description()))
                .with("CreateDate", policy.created())
                .with("UpdateDate", policy.updated())
                .with("PolicyVersionList", List.copyOf(detail.versions()), IamAnswers::wholeVersion);
    }

    private static Output inline(Account.Inline policy) {
        return Output.empty()
                .with("PolicyName", policy.name())
                .with("PolicyDocument", IamAnswers.encoded(policy.document()));
    }
}
