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
import org.sallyport.api.session.EndCause;
import org.sallyport.api.session.Sessions.StartRequest;
import org.sallyport.core.access.RealAccess;
import org.sallyport.core.session.AccessModel.Person;
import org.sallyport.core.session.AccessModel.Rule;

/**
 * A hundred users, some of them with session tokens, twenty sessions of roles, a hundred nodes, fifty sessions, changes at random of everything that a right
 * follows from: exactly the right sessions end, whatever the order.
 */
@Tag("store")
class RightSessionsEndTest {
    private static final int PEOPLE = 100;
    private static final int ROLES = 20;
    private static final int NODES = 100;
    private static final int SESSIONS = 50;
    private static final int CHANGES = 150;
    private static final List<String> TEAMS = List.of("red", "green", "blue");
    private static final List<String> GROUPS = List.of("ops", "dev", "night");
    private static final List<String> POLICIES = List.of("p0", "p1", "p2", "p3", "p4", "p5");

    @TempDir
    Path folder;

    private final Map<String, String[]> running = new HashMap<>();
    private final Set<String> kinds = new TreeSet<>();
    private Fixture f;
    private AccessWorld world;
    private AccessModel model;
    private Random random;

    @Test
    void exactlyTheRightSessionsEnd() {
        exactlyTheRightSessionsEnd(1);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4, 5, 6})
    void exactlyTheRightSessionsEndWhateverTheOrder(long seed) {
        exactlyTheRightSessionsEnd(seed);
    }

    private void exactlyTheRightSessionsEnd(long seed) {
        random = new Random(seed);
        try (Fixture fixture = new Fixture(folder);
                RealAccess access = fixture.realAccess()) {
            f = fixture;
            world = new AccessWorld(access, f.services);
            model = world.model;
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
                if (expected.size() < running.size()) {
                    kinds.add(change.substring(0, change.indexOf(' ')));
                }
                ended += running.size() - expected.size();
                running.keySet().retainAll(expected);
                if (running.size() < SESSIONS / 2) {
                    start();
                }
            }
            System.out.printf("seed %d: %d sessions ended, by %s%n", seed, ended, kinds);
            assertThat(ended).as("some end, and not all at once").isBetween(10, 500);
        }
    }

    private void make() {
        for (int i = 0; i < NODES; i++) {
            world.node(node(i), pick(TEAMS));
        }
        POLICIES.forEach(name -> world.policy(name, rule()));
        for (String group : GROUPS) {
            world.group(group);
            world.turnGroupAttached(group, pick(POLICIES));
        }
        for (int i = 0; i < PEOPLE; i++) {
            String name = "user" + i;
            world.user(name, random.nextInt(4) > 0);
            world.inline(name, new Rule(true, Optional.empty(), Optional.of(pick(TEAMS))));
            if (random.nextBoolean()) {
                world.turnMember(name, pick(GROUPS));
            }
        }
        for (int i = 0; i < ROLES; i++) {
            Optional<Rule> limit = i % 3 == 0 ? Optional.of(rule()) : Optional.empty();
            Optional<String> policy = i % 3 == 1 ? Optional.of(pick(POLICIES)) : Optional.empty();
            world.roleSession("role" + i, limit, policy);
            world.inline("role" + i, new Rule(true, Optional.empty(), Optional.of(pick(TEAMS))));
        }
    }

    /** Fills up to fifty. What is allowed starts and what is not does not, whatever the model says. */
    private void start() {
        List<String> nodes = new ArrayList<>(model.nodes.keySet());
        List<String> people = world.people();
        for (int tries = 0; running.size() < SESSIONS && tries < 2_000; tries++) {
            String name = pick(people);
            String node = pick(nodes);
            if (model.allowed(name, node)) {
                StartRequest request = new StartRequest(node, Optional.empty(), Optional.empty(), Map.of());
                String id =
                        f.engine.starting().start(world.signed(name), request).sessionId();
                running.put(id, new String[] {name, node});
            }
        }
    }

    /** Half of the changes are about somebody who has a session. */
    private String someone() {
        if (random.nextBoolean() && !running.isEmpty()) {
            return pick(running.values().stream().map(pair -> pair[0]).sorted().toList());
        }
        return pick(world.people());
    }

    private String change() {
        String name = someone();
        Person person = model.people.get(name);
        String policy = pick(POLICIES);
        String group = pick(GROUPS);
        switch (random.nextInt(16)) {
            case 0 -> {
                world.turnAttached(name, policy);
                return "attachment of " + name;
            }
            case 1 -> {
                world.turnGroupAttached(group, policy);
                return "group-attachment of " + group;
            }
            case 2 -> {
                world.groupInline(group, model.groupInline.containsKey(group) ? Optional.empty() : Optional.of(rule()));
                return "group-inline of " + group;
            }
            case 3, 4 -> {
                if (world.isUser(name)) {
                    world.turnMember(name, group);
                }
                return "membership of " + name;
            }
            case 5, 6 -> {
                world.inline(name, rule());
                return "inline of " + name;
            }
            case 7 -> {
                world.boundary(name, person.boundary.isPresent() ? Optional.empty() : Optional.of(policy));
                return "boundary of " + name;
            }
            case 8 -> {
                world.version(policy, rule());
                return "version of " + policy;
            }
            case 9, 10 -> {
                if (world.hasKey(name)) {
                    world.turnKey(name);
                }
                return "key of " + name;
            }
            case 11 -> {
                if (world.hasKey(name)) {
                    world.deleteKey(name);
                }
                return "key-deletion of " + name;
            }
            case 12 -> {
                world.team(name, person.team.isPresent() ? Optional.empty() : Optional.of(pick(TEAMS)));
                return "tag of " + name;
            }
            case 13 -> {
                world.delete(name);
                return "deletion of " + name;
            }
            default -> {
                String node = pick(new ArrayList<>(model.nodes.keySet()));
                world.node(node, pick(TEAMS));
                return "node-tag of " + node;
            }
        }
    }

    private Rule rule() {
        boolean allow = random.nextInt(4) > 0;
        Optional<String> team = random.nextInt(3) > 0 ? Optional.of(pick(TEAMS)) : Optional.empty();
        Optional<String> node = random.nextInt(5) == 0 ? Optional.of(node(random.nextInt(NODES))) : Optional.empty();
        Optional<String> ofTeam = random.nextInt(5) == 0 ? Optional.of(pick(TEAMS)) : Optional.empty();
        return new Rule(allow, node, allow || node.isPresent() ? team : Optional.of(pick(TEAMS)), ofTeam);
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

    private static String node(int number) {
        return "mi-%017x".formatted(number);
    }
}
