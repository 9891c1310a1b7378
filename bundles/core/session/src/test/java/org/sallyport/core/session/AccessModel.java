package org.sallyport.core.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may start a session on what, worked out anew from everything each time, without documents, indexes or caches. */
final class AccessModel {
    /**
     * Allows or denies StartSession.
     *
     * @param node the one node that it is about; all when empty
     * @param team only on nodes of this team
     * @param ofTeam only for whom has this team's tag
     */
    record Rule(boolean allow, Optional<String> node, Optional<String> team, Optional<String> ofTeam) {
        /** Whoever asks. */
        Rule(boolean allow, Optional<String> node, Optional<String> team) {
            this(allow, node, team, Optional.empty());
        }

        boolean matches(Person person, String nodeId, Map<String, String> tags) {
            return node.map(nodeId::equals).orElse(true)
                    && team.map(wanted -> wanted.equals(tags.get("team"))).orElse(true)
                    && (ofTeam.isEmpty() || ofTeam.equals(person.team));
        }

        String document() {
            String resource =
                    node.map(id -> "arn:aws:ssm:*:*:managed-instance/" + id).orElse("*");
            List<String> conditions = new ArrayList<>();
            team.ifPresent(name -> conditions.add("\"ssm:resourceTag/team\":\"" + name + "\""));
            ofTeam.ifPresent(name -> conditions.add("\"aws:PrincipalTag/team\":\"" + name + "\""));
            String condition = conditions.isEmpty()
                    ? ""
                    : ",\"Condition\":{\"StringEquals\":{" + String.join(",", conditions) + "}}";
            return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"" + (allow ? "Allow" : "Deny")
                    + "\",\"Action\":\"ssm:StartSession\",\"Resource\":\"" + resource + "\"" + condition + "}]}";
        }
    }

    /** A user, or one session of a role, as far as it counts. */
    static final class Person {
        final Set<String> groups = new HashSet<>();
        final Set<String> attached = new HashSet<>();
        Optional<Rule> inline = Optional.empty();
        Optional<String> boundary = Optional.empty();
        Optional<String> team = Optional.empty();

        /** What limits the session, in line or by the name of a managed policy. */
        Optional<Rule> limit = Optional.empty();

        Optional<String> limitingPolicy = Optional.empty();

        /** Whether it signs with its access key, and not with temporary credentials. */
        boolean byKey = true;

        boolean keyActive = true;
        boolean exists = true;
    }

    final Map<String, Person> people = new HashMap<>();
    final Map<String, Rule> policies = new HashMap<>();
    final Map<String, Set<String>> groupPolicies = new HashMap<>();
    final Map<String, Rule> groupInline = new HashMap<>();
    final Map<String, Map<String, String>> nodes = new HashMap<>();

    boolean allowed(String name, String node) {
        Person person = people.get(name);
        if (!person.exists || person.byKey && !person.keyActive) {
            return false;
        }
        List<Rule> identity = new ArrayList<>();
        person.inline.ifPresent(identity::add);
        person.attached.forEach(policy -> identity.add(policies.get(policy)));
        for (String group : person.groups) {
            groupPolicies.get(group).forEach(policy -> identity.add(policies.get(policy)));
            Optional.ofNullable(groupInline.get(group)).ifPresent(identity::add);
        }
        return decides(identity, person, node)
                && limits(person.boundary.map(policies::get), person, node)
                && limits(person.limit, person, node)
                && limits(person.limitingPolicy.map(policies::get), person, node);
    }

    private boolean limits(Optional<Rule> limit, Person person, String node) {
        return limit.map(rule -> decides(List.of(rule), person, node)).orElse(true);
    }

    private boolean decides(List<Rule> rules, Person person, String node) {
        Map<String, String> tags = nodes.get(node);
        return rules.stream().anyMatch(rule -> rule.allow() && rule.matches(person, node, tags))
                && rules.stream().noneMatch(rule -> !rule.allow() && rule.matches(person, node, tags));
    }
}
