package org.sallyport.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.api.access.Principal;
import org.sallyport.api.iam.ManagedPolicies.NewPolicy;
import org.sallyport.api.iam.Owner;
import org.sallyport.api.iam.User;
import org.sallyport.api.iam.Users.NewUser;
import org.sallyport.api.session.EndCause;
import org.sallyport.api.session.Sessions.StartRequest;
import org.sallyport.core.access.RealAccess;
import org.sallyport.core.session.AccessModel.Person;
import org.sallyport.core.session.AccessModel.Rule;
import org.sallyport.kernel.store.Secrets;

/** A hundred users, a hundred nodes, fifty sessions, changes at random: exactly the right sessions end, whatever the order. */
@Tag("store")
class RightSessionsEndTest {
    private static final int PEOPLE = 100;
    private static final int NODES = 100;
    private static final int SESSIONS = 50;
    private static final int CHANGES = 120;
    private static final List<String> TEAMS = List.of("red", "green", "blue");
    private static final List<String> GROUPS = List.of("ops", "dev", "night");
    private static final List<String> POLICIES = List.of("p0", "p1", "p2", "p3", "p4", "p5");

    @TempDir
    Path folder;

    private final AccessModel model = new AccessModel();
    private final Map<String, Principal> signed = new HashMap<>();
    private final Map<String, String> arns = new HashMap<>();
    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, String[]> running = new HashMap<>();
    private Fixture f;
    private RealAccess access;
    private Random random;

    @Test
    void exactlyTheRightSessionsEnd() {
        exactlyTheRightSessionsEnd(1);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4, 5})
    void exactlyTheRightSessionsEndWhateverTheOrder(long seed) {
        exactlyTheRightSessionsEnd(seed);
    }

    private void exactlyTheRightSessionsEnd(long seed) {
        random = new Random(seed);
        try (Fixture fixture = new Fixture(folder)) {
            f = fixture;
            access = f.realAccess();
            make();
            start();
            f.engine.revocation().turn();
            assertThat(live()).as("none of them ends by itself").isEqualTo(running.keySet());
            int ended = 0;
            for (int i = 0; i < CHANGES; i++) {
                String change = change();
                f.engine.revocation().turn();
                Set<String> expected = new TreeSet<>();
                running.forEach((id, pair) -> {
                    if (model.allowed(pair[0], pair[1])) {
                        expected.add(id);
                    }
                });
                assertThat(live()).as("seed %d, change %d: %s", seed, i, change).isEqualTo(expected);
                ended += running.size() - expected.size();
                running.keySet().retainAll(expected);
                if (running.size() < SESSIONS / 2) {
                    start();
                }
            }
            assertThat(ended).as("some end, and not all at once").isBetween(10, 500);
            access.close();
        }
    }

    private void make() {
        for (int i = 0; i < NODES; i++) {
            String id = "mi-%017x".formatted(i);
            model.nodes.put(id, tags(pick(TEAMS)));
            f.services.tags.put(id, model.nodes.get(id));
            f.services.known.add(id);
            f.services.connected.add(id);
        }
        for (String name : POLICIES) {
            Rule rule = rule();
            model.policies.put(name, rule);
            arns.put(
                    name,
                    access.policies()
                            .create(access.admin(), NewPolicy.named(name, rule.document()))
                            .arn());
        }
        for (String group : GROUPS) {
            access.groups().create(access.admin(), group, "/");
            model.groupPolicies.put(group, new TreeSet<>());
            attach(Owner.group(group), model.groupPolicies.get(group), pick(POLICIES));
        }
        for (int i = 0; i < PEOPLE; i++) {
            String name = "user" + i;
            User user = access.users().create(access.admin(), NewUser.named(name));
            String key = access.keys(new OpenSecrets())
                    .create(access.admin(), Optional.of(name))
                    .key()
                    .accessKeyId();
            keys.put(name, key);
            signed.put(name, access.signed(user, key));
            model.people.put(name, new Person());
            inline(name, new Rule(true, Optional.empty(), Optional.of(pick(TEAMS))));
            if (random.nextBoolean()) {
                join(name, pick(GROUPS));
            }
        }
    }

    /** Fills up to fifty. What is allowed starts and what is not does not, whatever the model says. */
    private void start() {
        List<String> nodes = new ArrayList<>(model.nodes.keySet());
        for (int tries = 0; running.size() < SESSIONS && tries < 2_000; tries++) {
            String user = "user" + random.nextInt(PEOPLE);
            String node = pick(nodes);
            if (model.allowed(user, node)) {
                StartRequest request = new StartRequest(node, Optional.empty(), Optional.empty(), Map.of());
                String id = f.engine.starting().start(signed.get(user), request).sessionId();
                running.put(id, new String[] {user, node});
            }
        }
    }

    private String change() {
        String user = "user" + random.nextInt(PEOPLE);
        Person person = model.people.get(user);
        String policy = pick(POLICIES);
        String group = pick(GROUPS);
        switch (random.nextInt(11)) {
            case 0 -> {
                if (person.attached.contains(policy)) {
                    detach(Owner.user(user), person.attached, policy);
                } else {
                    attach(Owner.user(user), person.attached, policy);
                }
                return "policy of " + user;
            }
            case 1 -> {
                Set<String> policies = model.groupPolicies.get(group);
                if (policies.contains(policy)) {
                    detach(Owner.group(group), policies, policy);
                } else {
                    attach(Owner.group(group), policies, policy);
                }
                return "policy of group " + group;
            }
            case 2 -> {
                if (person.groups.contains(group)) {
                    access.groups().remove(access.admin(), group, user);
                    person.groups.remove(group);
                } else {
                    join(user, group);
                }
                return user + " in " + group;
            }
            case 3, 4 -> {
                inline(user, rule());
                return "inline of " + user;
            }
            case 5 -> {
                if (person.boundary.isPresent()) {
                    access.boundaries().delete(access.admin(), Owner.user(user));
                    person.boundary = Optional.empty();
                } else {
                    access.boundaries().put(access.admin(), Owner.user(user), arns.get(policy));
                    person.boundary = Optional.of(policy);
                }
                return "boundary of " + user;
            }
            case 6 -> {
                Rule rule = rule();
                List<String> versions = access
                        .policies()
                        .versions(access.admin(), arns.get(policy), org.sallyport.api.page.PageRequest.first(10))
                        .items()
                        .stream()
                        .filter(version -> !version.isDefault())
                        .map(version -> version.id())
                        .toList();
                versions.forEach(id -> access.policies().deleteVersion(access.admin(), arns.get(policy), id));
                access.policies().createVersion(access.admin(), arns.get(policy), rule.document(), true);
                model.policies.put(policy, rule);
                return "version of " + policy;
            }
            case 7 -> {
                person.keyActive = !person.keyActive;
                access.keys(new OpenSecrets())
                        .update(access.admin(), Optional.of(user), keys.get(user), person.keyActive);
                return "key of " + user;
            }
            default -> {
                String node = pick(new ArrayList<>(model.nodes.keySet()));
                model.nodes.put(node, tags(pick(TEAMS)));
                f.services.tags.put(node, model.nodes.get(node));
                return "tags of " + node;
            }
        }
    }

    private Rule rule() {
        boolean allow = random.nextInt(4) > 0;
        Optional<String> team = random.nextInt(3) > 0 ? Optional.of(pick(TEAMS)) : Optional.empty();
        Optional<String> node =
                random.nextInt(5) == 0 ? Optional.of("mi-%017x".formatted(random.nextInt(NODES))) : Optional.empty();
        return new Rule(allow, node, allow || node.isPresent() ? team : Optional.of(pick(TEAMS)));
    }

    private void inline(String user, Rule rule) {
        access.inline().put(access.admin(), Owner.user(user), "own", rule.document());
        model.people.get(user).inline = Optional.of(rule);
    }

    private void join(String user, String group) {
        access.groups().add(access.admin(), group, user);
        model.people.get(user).groups.add(group);
    }

    private void attach(Owner owner, Set<String> policies, String policy) {
        access.attachments().attach(access.admin(), owner, arns.get(policy));
        policies.add(policy);
    }

    private void detach(Owner owner, Set<String> policies, String policy) {
        access.attachments().detach(access.admin(), owner, arns.get(policy));
        policies.remove(policy);
    }

    private Set<String> live() {
        List<SessionRow> rows = f.transactions.run(c -> new SessionTable().select(c, "id IS NOT NULL"));
        Set<String> live = new TreeSet<>();
        for (SessionRow row : rows) {
            if (row.state().over()) {
                assertThat(row.cause()).contains(EndCause.ACCESS_REVOKED);
            } else {
                live.add(row.id());
            }
        }
        return live;
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static Map<String, String> tags(String team) {
        return Map.of("team", team);
    }

    /** Secrets that nobody reads here. */
    private static final class OpenSecrets implements Secrets {
        @Override
        public byte[] seal(String row, byte[] secret) {
            return secret;
        }

        @Override
        public byte[] open(String row, byte[] envelope) {
            return envelope;
        }
    }
}
