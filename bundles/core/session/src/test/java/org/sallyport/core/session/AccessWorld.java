package org.sallyport.core.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.api.access.Principal;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.ManagedPolicies.NewPolicy;
import org.sallyport.api.iam.Owner;
import org.sallyport.api.iam.PolicyVersion;
import org.sallyport.api.iam.Role;
import org.sallyport.api.iam.Roles.NewRole;
import org.sallyport.api.iam.Tag;
import org.sallyport.api.iam.Tags.Tagged;
import org.sallyport.api.iam.User;
import org.sallyport.api.iam.Users.NewUser;
import org.sallyport.api.page.PageRequest;
import org.sallyport.core.access.RealAccess;
import org.sallyport.core.session.AccessModel.Person;
import org.sallyport.core.session.AccessModel.Rule;

/** Makes and changes the same in the model and in the real core/access. */
final class AccessWorld {
    private static final String TRUST =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\"}]}";
    private static final String INLINE = "own";

    final AccessModel model = new AccessModel();
    private final Map<String, Principal> signed = new HashMap<>();
    private final Map<String, String> arns = new HashMap<>();
    private final Map<String, String> keys = new HashMap<>();
    private final Set<String> users = new HashSet<>();
    private final RealAccess access;
    private final FakeServices services;

    AccessWorld(RealAccess access, FakeServices services) {
        this.access = access;
        this.services = services;
    }

    Principal signed(String name) {
        return signed.get(name);
    }

    /** Those who are there still. */
    List<String> people() {
        return model.people.entrySet().stream()
                .filter(entry -> entry.getValue().exists)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    boolean isUser(String name) {
        return users.contains(name);
    }

    void node(String id, String team) {
        model.nodes.put(id, Map.of("team", team));
        services.tags.put(id, model.nodes.get(id));
        services.known.add(id);
        services.connected.add(id);
    }

    void policy(String name, Rule rule) {
        NewPolicy made = NewPolicy.named(name, rule.document());
        arns.put(name, access.policies().create(access.admin(), made).arn());
        model.policies.put(name, rule);
    }

    /** Another default version. */
    void version(String policy, Rule rule) {
        String arn = arns.get(policy);
        access.policies().versions(access.admin(), arn, PageRequest.first(10)).items().stream()
                .filter(version -> !version.isDefault())
                .map(PolicyVersion::id)
                .forEach(id -> access.policies().deleteVersion(access.admin(), arn, id));
        access.policies().createVersion(access.admin(), arn, rule.document(), true);
        model.policies.put(policy, rule);
    }

    void group(String name) {
        access.groups().create(access.admin(), name, "/");
        model.groupPolicies.put(name, new HashSet<>());
    }

    /** @param byKey else it signs with a session token */
    void user(String name, boolean byKey) {
        User user = access.users().create(access.admin(), NewUser.named(name));
        users.add(name);
        keys.put(name, access.key(name));
        signed.put(name, byKey ? access.signed(user, keys.get(name)) : access.withSessionToken(user));
        model.people.put(name, new Person());
        model.people.get(name).byKey = byKey;
    }

    /** A role and a session of it, limited or not. */
    void roleSession(String name, Optional<Rule> limit, Optional<String> limitingPolicy) {
        Role role = access.roles().create(access.admin(), NewRole.named(name, TRUST));
        List<String> policies = new ArrayList<>();
        limit.map(Rule::document).ifPresent(policies::add);
        limitingPolicy.map(arns::get).ifPresent(policies::add);
        signed.put(name, access.roleSession(role, "s", policies));
        Person person = new Person();
        person.byKey = false;
        // of more than one session policy, one that allows is enough; so only one of both is given
        person.limit = limit;
        person.limitingPolicy = limitingPolicy;
        model.people.put(name, person);
    }

    void inline(String name, Rule rule) {
        access.inline().put(access.admin(), owner(name), INLINE, rule.document());
        model.people.get(name).inline = Optional.of(rule);
    }

    /** Puts the group's policy in line, or takes it away. */
    void groupInline(String group, Optional<Rule> rule) {
        if (rule.isPresent()) {
            access.inline()
                    .put(access.admin(), Owner.group(group), INLINE, rule.get().document());
            model.groupInline.put(group, rule.get());
        } else if (model.groupInline.remove(group) != null) {
            access.inline().delete(access.admin(), Owner.group(group), INLINE);
        }
    }

    /** Attaches what is not, and detaches what is. */
    void turnAttached(String name, String policy) {
        turnAttached(owner(name), model.people.get(name).attached, policy);
    }

    void turnGroupAttached(String group, String policy) {
        turnAttached(Owner.group(group), model.groupPolicies.get(group), policy);
    }

    private void turnAttached(Owner owner, Collection<String> attached, String policy) {
        if (attached.remove(policy)) {
            access.attachments().detach(access.admin(), owner, arns.get(policy));
        } else {
            access.attachments().attach(access.admin(), owner, arns.get(policy));
            attached.add(policy);
        }
    }

    /** Joins the group or leaves it. */
    void turnMember(String user, String group) {
        if (model.people.get(user).groups.remove(group)) {
            access.groups().remove(access.admin(), group, user);
        } else {
            access.groups().add(access.admin(), group, user);
            model.people.get(user).groups.add(group);
        }
    }

    /** Puts the boundary, or takes it away. */
    void boundary(String name, Optional<String> policy) {
        if (policy.isPresent()) {
            access.boundaries().put(access.admin(), owner(name), arns.get(policy.get()));
        } else {
            access.boundaries().delete(access.admin(), owner(name));
        }
        model.people.get(name).boundary = policy;
    }

    /** Tags who asks, or takes the tag away. */
    void team(String name, Optional<String> team) {
        Tagged tagged = new Tagged(isUser(name) ? EntityKind.USER : EntityKind.ROLE, name);
        if (team.isPresent()) {
            access.tags().put(access.admin(), tagged, List.of(new Tag("team", team.get())));
        } else {
            access.tags().remove(access.admin(), tagged, List.of("team"));
        }
        model.people.get(name).team = team;
    }

    boolean hasKey(String name) {
        return keys.containsKey(name);
    }

    /** Deactivates the key, or activates it. */
    void turnKey(String user) {
        Person person = model.people.get(user);
        person.keyActive = !person.keyActive;
        access.keys().update(access.admin(), Optional.of(user), keys.get(user), person.keyActive);
    }

    void deleteKey(String user) {
        access.keys().delete(access.admin(), Optional.of(user), keys.remove(user));
        model.people.get(user).keyActive = false;
    }

    /** Takes all away that is tied to a user or role, and then the user or role. */
    void delete(String name) {
        Person person = model.people.get(name);
        List.copyOf(person.attached).forEach(policy -> turnAttached(name, policy));
        List.copyOf(person.groups).forEach(group -> turnMember(name, group));
        if (person.inline.isPresent()) {
            access.inline().delete(access.admin(), owner(name), INLINE);
        }
        if (person.boundary.isPresent()) {
            boundary(name, Optional.empty());
        }
        if (isUser(name)) {
            access.deleteKeys(name);
            access.users().delete(access.admin(), name);
        } else {
            access.roles().delete(access.admin(), name);
        }
        person.exists = false;
    }

    private Owner owner(String name) {
        return isUser(name) ? Owner.user(name) : Owner.role(name);
    }
}
