package org.sallyport.front.console.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sallyport.api.iam.Attachments;
import org.sallyport.api.iam.Group;
import org.sallyport.api.iam.LastUsed;
import org.sallyport.api.iam.ManagedPolicy;
import org.sallyport.api.iam.PolicyVersion;
import org.sallyport.api.iam.Role;
import org.sallyport.api.iam.Tag;
import org.sallyport.api.iam.User;
import org.sallyport.api.iam.UserKey;

/** Users, groups, roles and policies as the pages show them. */
final class AccessViews {
    private AccessViews() {}

    /** @param tags empty in lists */
    record UserShown(
            String id,
            String name,
            String path,
            String arn,
            String createdAt,
            @Maybe String passwordUsedAt,
            @Maybe String boundary,
            Map<String, String> tags) {
        static UserShown of(User user) {
            return new UserShown(
                    user.id(),
                    user.name(),
                    user.path(),
                    user.arn(),
                    user.created().toString(),
                    user.passwordUsed().map(Instant::toString).orElse(null),
                    user.boundary().orElse(null),
                    tagsByKey(user.tags()));
        }
    }

    /** A group. */
    record GroupShown(String id, String name, String path, String arn, String createdAt) {
        static GroupShown of(Group group) {
            return new GroupShown(
                    group.id(),
                    group.name(),
                    group.path(),
                    group.arn(),
                    group.created().toString());
        }
    }

    /**
     * A role.
     *
     * @param trust its trust policy as stored
     * @param hours longest session
     */
    record RoleShown(
            String id,
            String name,
            String path,
            String arn,
            String createdAt,
            String trust,
            String description,
            int hours,
            @Maybe String boundary,
            @Maybe String usedAt,
            Map<String, String> tags) {
        static RoleShown of(Role role) {
            return new RoleShown(
                    role.id(),
                    role.name(),
                    role.path(),
                    role.arn(),
                    role.created().toString(),
                    role.trust(),
                    role.description(),
                    (int) role.longestSession().toHours(),
                    role.boundary().orElse(null),
                    role.lastUsed().map(LastUsed::at).map(Instant::toString).orElse(null),
                    tagsByKey(role.tags()));
        }
    }

    /** @param builtIn whether it came with the server and cannot be changed */
    record PolicyShown(
            String id,
            String name,
            String path,
            String arn,
            String defaultVersion,
            int attachments,
            int boundaries,
            String description,
            String createdAt,
            String updatedAt,
            boolean builtIn,
            Map<String, String> tags) {
        static PolicyShown of(ManagedPolicy policy) {
            return new PolicyShown(
                    policy.id(),
                    policy.name(),
                    policy.path(),
                    policy.arn(),
                    policy.defaultVersion(),
                    policy.attachments(),
                    policy.boundaries(),
                    policy.description(),
                    policy.created().toString(),
                    policy.updated().toString(),
                    policy.arn().startsWith("arn:aws:iam::aws:"),
                    tagsByKey(policy.tags()));
        }
    }

    /** A version of a managed policy with its document. */
    record VersionShown(String id, String document, boolean isDefault, String createdAt) {
        static VersionShown of(PolicyVersion version) {
            return new VersionShown(
                    version.id(),
                    version.document(),
                    version.isDefault(),
                    version.created().toString());
        }
    }

    /** @param kind {@code USER}, {@code GROUP} or {@code ROLE} */
    record UseShown(String kind, String name, String id) {
        static UseShown of(Attachments.Entity entity) {
            return new UseShown(entity.kind().name(), entity.name(), entity.id());
        }
    }

    /** An access key without its secret. */
    record KeyShown(String accessKeyId, boolean active, String createdAt) {
        static KeyShown of(UserKey key) {
            return new KeyShown(key.accessKeyId(), key.active(), key.created().toString());
        }
    }

    /** Tags by key. */
    static Map<String, String> tagsByKey(List<Tag> tags) {
        Map<String, String> byKey = new TreeMap<>();
        tags.forEach(tag -> byKey.put(tag.key(), tag.value()));
        return byKey;
    }

    /** The same the other way round; null for none. */
    static List<Tag> tags(Map<String, String> byKey) {
        return byKey == null
                ? List.of()
                : byKey.entrySet().stream()
                        .map(tag -> new Tag(tag.getKey(), tag.getValue()))
                        .toList();
    }
}
