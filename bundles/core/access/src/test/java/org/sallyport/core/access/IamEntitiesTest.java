package org.sallyport.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.ErrorCode;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.Group;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.iam.Listed;
import org.sallyport.api.iam.Owner;
import org.sallyport.api.iam.Role;
import org.sallyport.api.iam.Roles.NewRole;
import org.sallyport.api.iam.Tags.Tagged;
import org.sallyport.api.iam.User;
import org.sallyport.api.iam.UserKeys.Made;
import org.sallyport.api.iam.Users.NewUser;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

@Tag("store")
class IamEntitiesTest {
    private final IamWorld world = new IamWorld();
    private final Principal admin = world.admin;

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void makesUsersWithIdsOfTheirOwnAndOneNameWhateverItsCase() {
        User bob = world.users.create(
                admin,
                new NewUser(
                        "bob",
                        "/team/",
                        Optional.of(IamWorld.ADMINISTRATOR),
                        List.of(new org.sallyport.api.iam.Tag("Team", "blue"))));

        assertThat(bob.id()).matches("AIDA[A-Z2-7]{17}");
        assertThat(bob.arn()).isEqualTo("arn:aws:iam::123456789012:user/team/bob");
        assertThat(world.users.get(admin, Optional.of("bob"))).isEqualTo(bob);
        assertThat(bob.boundary()).contains(IamWorld.ADMINISTRATOR);
        assertCode(() -> world.users.create(admin, NewUser.named("BOB")), IamError.ENTITY_ALREADY_EXISTS);
        assertCode(() -> world.users.create(admin, NewUser.named("b b")), IamError.VALIDATION_ERROR);
        assertCode(() -> world.users.get(admin, Optional.of("carol")), IamError.NO_SUCH_ENTITY);
    }

    @Test
    void renamesAUserWithAllThatHangsOnIt() {
        Principal bob = world.user("bob", IamWorld.allow("ssm:StartSession", "*"));

        world.users.update(admin, "bob", Optional.of("robert"), Optional.of("/staff/"));

        User robert = world.users.get(admin, Optional.of("robert"));
        assertThat(robert.id()).isEqualTo(bob.id());
        assertThat(robert.path()).isEqualTo("/staff/");
        assertThat(world.inline
                        .list(admin, Owner.user("robert"), PageRequest.first(10))
                        .items())
                .containsExactly("own");
        assertCode(
                () -> world.users.update(admin, "robert", Optional.of("ADMIN"), none()),
                IamError.ENTITY_ALREADY_EXISTS);
        // another case of one's own name is no conflict
        world.users.update(admin, "robert", Optional.of("Robert"), none());
    }

    @Test
    void deletesAUserOnlyWhenNothingHangsOnIt() {
        Principal bob = world.user("bob", IamWorld.allow("*", "*"));
        world.store.run(connection -> {
            UserTable.setLogin(connection, bob.id(), "bob", IamWorld.NOW);
            return null;
        });
        Made key = world.keys.create(admin, Optional.of("bob"));
        world.groups.create(admin, "ops", "/");
        world.groups.add(admin, "ops", "bob");
        world.attachments.attach(admin, Owner.user("bob"), IamWorld.CORE);

        assertConflict("must delete login profile first");
        world.store.run(connection -> {
            UserTable.setLogin(connection, bob.id(), null, IamWorld.NOW);
            return null;
        });
        assertConflict("must delete access keys first");
        world.keys.delete(admin, Optional.of("bob"), key.key().accessKeyId());
        assertConflict("must remove users from group first");
        world.groups.remove(admin, "ops", "bob");
        assertConflict("must delete policies first");
        world.inline.delete(admin, Owner.user("bob"), "own");
        assertConflict("must detach all policies first");
        world.attachments.detach(admin, Owner.user("bob"), IamWorld.CORE);
        secondFactor(bob);
        assertConflict("must delete MFA device first");
        world.factors.reset(admin, "bob");
        world.factors.begin(bob); // one that is not on is no device
        world.users.delete(admin, "bob");

        assertCode(() -> world.users.get(admin, Optional.of("bob")), IamError.NO_SUCH_ENTITY);
    }

    @Test
    void aLostSecondFactorIsResetByWhoMayForThatPath() {
        world.users.create(admin, new NewUser("bob", "/team/", none(), List.of(tag("Team", "blue"))));
        Principal carol = world.user("carol");
        String right = "iam:DeactivateMFADevice";
        Principal mayOfTeam = world.user("eve", IamWorld.allow(right, "arn:aws:iam::123456789012:user/team/*"));
        Principal mayOfNone = world.user("mallory", IamWorld.allow(right, "arn:aws:iam::123456789012:user/bob"));
        Principal mayByTag = world.user(
                "trent", IamWorld.allowIf(right, "*", "{\"StringEquals\":{\"aws:ResourceTag/Team\":\"blue\"}}"));
        secondFactor(carol);

        assertCode(() -> world.factors.reset(mayOfNone, "bob"), AccessError.ACCESS_DENIED);
        assertCode(() -> world.factors.reset(mayOfTeam, "carol"), AccessError.ACCESS_DENIED);
        assertCode(() -> world.factors.reset(mayByTag, "carol"), AccessError.ACCESS_DENIED);
        world.factors.reset(mayOfTeam, "bob");
        world.factors.reset(mayByTag, "bob");

        assertThat(world.factors.on(carol)).isTrue();
        assertThat(denial(() -> world.factors.reset(mayOfNone, "bob"))).doesNotContain("/team/");
    }

    private void assertConflict(String message) {
        assertThatThrownBy(() -> world.users.delete(admin, "bob"))
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(IamError.DELETE_CONFLICT))
                .hasMessageContaining(message);
    }

    private void secondFactor(Principal person) {
        String secret = world.factors.begin(person).secret();
        world.factors.confirm(
                person,
                OneTimeCodes.code(
                        UniqueIds.unbase32(secret), world.clock.instant().getEpochSecond() / 30));
    }

    @Test
    void pagesByNameWithoutCaseAndByPath() {
        for (String name : List.of("Delta", "alpha", "charlie", "Bravo")) {
            world.users.create(admin, new NewUser(name, name.equals("charlie") ? "/x/" : "/", none(), List.of()));
        }

        List<String> names = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            Page<User> page = world.users.list(admin, Listed.all(new PageRequest(2, token)));
            assertThat(page.items()).hasSizeLessThanOrEqualTo(2);
            page.items().forEach(user -> names.add(user.name()));
            token = page.nextToken();
        } while (token.isPresent());

        assertThat(names).containsExactly("admin", "alpha", "Bravo", "charlie", "Delta");
        assertThat(world.users
                        .list(admin, new Listed("/x/", PageRequest.first(10)))
                        .items())
                .extracting(User::name)
                .containsExactly("charlie");
        assertCode(
                () -> world.users.list(admin, Listed.all(new PageRequest(2, Optional.of("!")))),
                IamError.INVALID_MARKER);
    }

    @Test
    void findsByAPartOfTheNameWhateverItsCase() {
        for (String name : List.of("web-Ops", "ops_2", "opsx2", "db")) {
            world.users.create(admin, NewUser.named(name));
        }
        world.groups.create(admin, "Operators", "/");
        world.roles.create(admin, NewRole.named("NodeOps", IamWorld.trusting("{\"AWS\":\"*\"}")));

        assertThat(world.users.list(admin, named("OPS")).items())
                .extracting(User::name)
                .containsExactly("ops_2", "opsx2", "web-Ops");
        assertThat(world.users.list(admin, named("s_2")).items())
                .extracting(User::name)
                .containsExactly("ops_2");
        assertThat(world.users.list(admin, named("%")).items()).isEmpty();
        assertThat(world.groups.list(admin, named("rator")).items()).hasSize(1);
        assertThat(world.roles.list(admin, named("nodeops")).items()).hasSize(1);
        assertThat(world.roles.list(admin, named("other")).items()).isEmpty();
    }

    private static Listed named(String part) {
        return new Listed("/", part, PageRequest.first(10));
    }

    @Test
    void putsUsersIntoTenGroupsAtMost() {
        world.user("bob");
        for (int i = 0; i < 10; i++) {
            world.groups.create(admin, "g" + i, "/");
            world.groups.add(admin, "g" + i, "bob");
        }
        world.groups.create(admin, "one-more", "/");

        world.groups.add(admin, "g3", "bob");
        assertCode(() -> world.groups.add(admin, "one-more", "bob"), IamError.LIMIT_EXCEEDED);
        assertThat(world.groups.get(admin, "g3", PageRequest.first(5)).users().items())
                .extracting(User::name)
                .containsExactly("bob");
        assertThat(world.groups.of(admin, "bob", PageRequest.first(100)).items())
                .hasSize(10);
        assertCode(() -> world.groups.delete(admin, "g3"), IamError.DELETE_CONFLICT);
        Group made = world.groups.create(admin, "later", "/");
        assertThat(made.id()).matches("AGPA[A-Z2-7]{17}");
        world.groups.delete(admin, "later");
    }

    @Test
    void keepsTwoKeysOfAUserAndTurnsThemOff() {
        world.user("bob");
        Made first = world.keys.create(admin, Optional.of("bob"));
        world.keys.create(admin, Optional.of("bob"));

        assertCode(() -> world.keys.create(admin, Optional.of("bob")), IamError.LIMIT_EXCEEDED);
        world.keys.update(admin, Optional.of("bob"), first.key().accessKeyId(), false);
        assertThat(world.keys
                        .list(admin, Optional.of("bob"), PageRequest.first(10))
                        .items())
                .filteredOn(key -> !key.active())
                .extracting(key -> key.accessKeyId())
                .containsExactly(first.key().accessKeyId());
        assertThat(world.keys.lastUsed(admin, first.key().accessKeyId()).used()).isEmpty();
        assertCode(
                () -> world.keys.delete(admin, Optional.of("admin"), first.key().accessKeyId()),
                IamError.NO_SUCH_ENTITY);
    }

    @Test
    void keepsRolesWithTheirTrustPolicyAndInstanceProfiles() {
        Role role = world.roles.create(admin, NewRole.named("node", IamWorld.TRUST_SSM));
        assertThat(role.id()).matches("AROA[A-Z2-7]{17}");
        assertThat(role.longestSession()).hasHours(1);
        assertCode(
                () -> world.roles.create(admin, NewRole.named("bad", IamWorld.allow("*", "*"))),
                IamError.MALFORMED_POLICY_DOCUMENT);

        world.profiles.create(admin, "machines", "/", List.of());
        world.profiles.addRole(admin, "machines", "node");
        assertThat(world.profiles.get(admin, "machines").roles()).containsExactly(role);
        assertThat(world.nodeRoles.ofInstanceProfile("machines").orElseThrow().arn())
                .isEqualTo(role.arn());
        assertThat(world.nodeRoles.trustsNodes("node")).isTrue();
        assertThat(world.nodeRoles.trustsNodes("service-role/SSMServiceRole")).isTrue();
        assertThat(world.nodeRoles.trustsNodes("other-path/SSMServiceRole")).isFalse();
        assertCode(() -> world.profiles.addRole(admin, "machines", "SSMServiceRole"), IamError.LIMIT_EXCEEDED);
        assertCode(() -> world.roles.delete(admin, "node"), IamError.DELETE_CONFLICT);
        assertCode(() -> world.profiles.delete(admin, "machines"), IamError.DELETE_CONFLICT);

        world.roles.updateTrust(admin, "node", IamWorld.trusting("{\"Service\":\"ec2.amazonaws.com\"}"));
        assertThat(world.nodeRoles.trustsNodes("node")).isFalse();
        assertThat(world.nodeRoles.ofInstanceProfile("machines")).isPresent();
        world.roles.updateTrust(admin, "node", IamWorld.trusting("{\"AWS\":\"arn:aws:iam::123456789012:root\"}"));
        assertThat(world.nodeRoles.trustsNodes("node")).isFalse();
        assertThat(world.nodeRoles.ofInstanceProfile("machines"))
                .as("a role that does not trust instances")
                .isEmpty();
        world.profiles.removeRole(admin, "machines", "node");
        world.roles.delete(admin, "node");
        world.profiles.delete(admin, "machines");
        assertThat(world.nodeRoles.find("node")).isEmpty();
    }

    @Test
    void tagsWithoutCaseAndFiftyAtMost() {
        world.user("bob");
        Tagged bob = new Tagged(EntityKind.USER, "bob");
        world.tags.put(admin, bob, List.of(tag("Team", "red"), tag("cost", "1")));
        world.tags.put(admin, bob, List.of(tag("TEAM", "blue")));

        assertThat(world.tags.list(admin, bob, PageRequest.first(10)).items())
                .containsExactly(tag("cost", "1"), tag("TEAM", "blue"));
        List<org.sallyport.api.iam.Tag> many = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            many.add(tag("t" + i, ""));
        }
        assertCode(() -> world.tags.put(admin, bob, many), IamError.LIMIT_EXCEEDED);
        assertCode(() -> world.tags.put(admin, bob, List.of(tag("aws:x", ""))), IamError.INVALID_INPUT);
        world.tags.remove(admin, bob, List.of("team", "gone"));
        assertThat(world.tags.list(admin, bob, PageRequest.first(10)).items()).containsExactly(tag("cost", "1"));
    }

    @Test
    void decidesOnTheArnWithItsPathAndTellsNobodyWhatExists() {
        world.users.create(admin, new NewUser("bob", "/team/", none(), List.of()));
        Principal helper = world.user("helper", IamWorld.allow("iam:GetUser", "arn:aws:iam::123456789012:user/team/*"));

        assertThat(world.users.get(helper, Optional.of("bob")).name()).isEqualTo("bob");
        String there = denial(() -> world.users.get(helper, Optional.of("admin")));
        String notThere = denial(() -> world.users.get(helper, Optional.of("nobody")));
        assertThat(there.replace("admin", "NAME")).isEqualTo(notThere.replace("nobody", "NAME"));
        String hidden = denial(() -> world.users.delete(helper, "bob"));
        assertThat(hidden)
                .contains("resource: arn:aws:iam::123456789012:user/bob")
                .doesNotContain("team");
    }

    private static String denial(ThrowingCallable call) {
        List<String> texts = new ArrayList<>();
        assertThatThrownBy(call).isInstanceOfSatisfying(SallyportException.class, e -> {
            assertThat(e.code()).isEqualTo(AccessError.ACCESS_DENIED);
            texts.add(e.getMessage().replaceAll(" \\(reference [A-Z2-7]{20}\\)$", ""));
        });
        return texts.get(0);
    }

    private static org.sallyport.api.iam.Tag tag(String key, String value) {
        return new org.sallyport.api.iam.Tag(key, value);
    }

    private static Optional<String> none() {
        return Optional.empty();
    }

    static void assertCode(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SallyportException.class, e -> assertThat(e.code())
                .as(e.getMessage())
                .isEqualTo(code));
    }
}
