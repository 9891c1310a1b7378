package org.sallyport.front.aws.iam;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sallyport.api.iam.AttachedPolicy;
import org.sallyport.api.iam.Group;
import org.sallyport.api.iam.InstanceProfile;
import org.sallyport.api.iam.LastUsed;
import org.sallyport.api.iam.Listed;
import org.sallyport.api.iam.PolicyVersion;
import org.sallyport.api.iam.Role;
import org.sallyport.api.iam.Tag;
import org.sallyport.api.iam.User;
import org.sallyport.api.page.Page;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Output;

/** Members of IAM's answers that several operations have. */
final class IamAnswers {
    private IamAnswers() {}

    static Output user(User user) {
        return Output.empty()
                .with("Path", user.path())
                .with("UserName", user.name())
                .with("UserId", user.id())
                .with("Arn", user.arn())
                .with("CreateDate", user.created())
                .withTime("PasswordLastUsed", user.passwordUsed())
                .withOutput("PermissionsBoundary", user.boundary().map(IamAnswers::boundary))
                .withAny("Tags", user.tags(), IamAnswers::tag);
    }

    static Output group(Group group) {
        return Output.empty()
                .with("Path", group.path())
                .with("GroupName", group.name())
                .with("GroupId", group.id())
                .with("Arn", group.arn())
                .with("CreateDate", group.created());
    }

    static Output role(Role role) {
        return Output.empty()
                .with("Path", role.path())
                .with("RoleName", role.name())
                .with("RoleId", role.id())
                .with("Arn", role.arn())
                .with("CreateDate", role.created())
                .with("AssumeRolePolicyDocument", encoded(role.trust()))
                .withText("Description", Optional.of(role.description()))
                .with("MaxSessionDuration", (int) role.longestSession().toSeconds())
                .withOutput("PermissionsBoundary", role.boundary().map(IamAnswers::boundary))
                .withOutput("RoleLastUsed", role.lastUsed().map(IamAnswers::used))
                .withAny("Tags", role.tags(), IamAnswers::tag);
    }

    static Output instanceProfile(InstanceProfile profile) {
        return Output.empty()
                .with("Path", profile.path())
                .with("InstanceProfileName", profile.name())
                .with("InstanceProfileId", profile.id())
                .with("Arn", profile.arn())
                .with("CreateDate", profile.created())
                .with("Roles", profile.roles(), IamAnswers::role)
                .withAny("Tags", profile.tags(), IamAnswers::tag);
    }

    static Output attached(AttachedPolicy policy) {
        return Output.empty().with("PolicyName", policy.name()).with("PolicyArn", policy.arn());
    }

    static Output boundary(String arn) {
        return Output.empty()
                .with("PermissionsBoundaryType", "PermissionsBoundaryPolicy")
                .with("PermissionsBoundaryArn", arn);
    }

    static Output used(LastUsed used) {
        return Output.empty().with("LastUsedDate", used.at()).with("Region", used.region());
    }

    /** Without the document, as lists and the answer to a new version have it. */
    static Output version(PolicyVersion version) {
        return Output.empty()
                .with("VersionId", version.id())
                .with("IsDefaultVersion", version.isDefault())
                .with("CreateDate", version.created());
    }

    static Output wholeVersion(PolicyVersion version) {
        return version(version).with("Document", encoded(version.document()));
    }

    static Output tag(Tag tag) {
        return Output.empty().with("Key", tag.key()).with("Value", tag.value());
    }

    static List<Tag> tags(Input input) {
        return input.structures("Tags").stream()
                .map(tag -> new Tag(tag.required("Key"), tag.required("Value")))
                .toList();
    }

    static Listed listed(Input input) {
        return new Listed(input.text("PathPrefix").orElse("/"), input.marked());
    }

    static String path(Input input) {
        return input.text("Path").orElse("/");
    }

    /** A part of a list, with what IAM says about the rest. */
    static <T> Output page(String member, Page<T> page, Function<T, Output> each) {
        return rest(Output.empty().with(member, page.items(), each), page);
    }

    /** Says whether there is more, and where it goes on. */
    static Output rest(Output output, Page<?> page) {
        return output.with("IsTruncated", page.nextToken().isPresent()).withText("Marker", page.nextToken());
    }

    /** A policy document as IAM gives it: percent-encoded as in RFC 3986. */
    static String encoded(String document) {
        return URLEncoder.encode(document, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
