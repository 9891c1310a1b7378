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
    /** Allows or denies StartSession on one node, or on all of a team; on all when neither is given. */
    record Rule(boolean allow, Optional<String> node, Optional<String> team) {
        boolean matches(String nodeId, Map<String, String> tags) {
            return node.map(nodeId::equals).orElse(true)
                    && team.map(wanted -> wanted.equals(tags.get("team"))).orElse(true);
        }

        String document() {
            String resource =
                    node.map(id -> "arn:aws:ssm:*:*:managed-instance/" + id).orElse("*");
            String condition = team.map(
                            name -> ",\"Condition\":{\"StringEquals\":{\"ssm:resourceTag/team\":\"" + name + "\"}}")
                    .orElse("");
            return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"" + (allow ? "Allow" : "Deny")
                    + "\",\"Action\":\"ssm:StartSession\",\"Resource\":\"" + resource + "\"" + condition + "}]}";
        }
    }

    /** A user as far as it counts. */
    static final class Person {
        final Set<String> groups = new HashSet<>();
        final Set<String> attached = new HashSet<>();
        Optional<Rule> inline = Optional.empty();
        Optional<String> boundary = Optional.empty();
        boolean keyActive = true;
        boolean exists = true;
    }

    final Map<String, Person> people = new HashMap<>();
    final Map<String, Rule> policies = new HashMap<>();
    final Map<String, Set<String>> groupPolicies = new HashMap<>();
    final Map<String, Map<String, String>> nodes = new HashMap<>();

    boolean allowed(String user, String node) {
        Person person = people.get(user);
        if (!person.exists || !person.keyActive) {
            return false;
        }
        List<Rule> identity = new ArrayList<>();
        person.inline.ifPresent(identity::add);
        person.attached.forEach(name -> identity.add(policies.get(name)));
        for (String group : person.groups) {
            groupPolicies.get(group).forEach(name -> identity.add(policies.get(name)));
        }
        return decides(identity, node)
                && person.boundary
                        .map(name -> decides(List.of(policies.get(name)), node))
                        .orElse(true);
    }

    private boolean decides(List<Rule> rules, String node) {
        Map<String, String> tags = nodes.get(node);
        return rules.stream().anyMatch(rule -> rule.allow() && rule.matches(node, tags))
                && rules.stream().noneMatch(rule -> !rule.allow() && rule.matches(node, tags));
    }
}
