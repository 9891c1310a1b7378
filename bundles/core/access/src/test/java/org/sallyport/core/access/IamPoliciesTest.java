package org.sallyport.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.adapter.policy.iam.IamPolicyLanguage;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.ErrorCode;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.AttachedPolicy;
import org.sallyport.api.iam.Attachments.Used;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.iam.Listed;
import org.sallyport.api.iam.ManagedPolicies.NewPolicy;
import org.sallyport.api.iam.ManagedPolicies.Scope;
import org.sallyport.api.iam.ManagedPolicies.Usage;
import org.sallyport.api.iam.ManagedPolicies.Wanted;
import org.sallyport.api.iam.ManagedPolicy;
import org.sallyport.api.iam.Owner;
import org.sallyport.api.iam.PolicyReviews.Review;
import org.sallyport.api.iam.PolicyVersion;
import org.sallyport.api.page.PageRequest;
import org.sallyport.spi.access.PolicyFinding;
import org.sallyport.spi.access.PolicyKind;

@Tag("store")
class IamPoliciesTest {
    private static final PageRequest FIRST = PageRequest.first(100);
    private final IamWorld world = new IamWorld();
    private final Principal admin = world.admin;

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void keepsFiveVersionsOfAPolicyAndNeverUsesANumberAgain() {
        String arn = make("p").arn();
        for (int i = 2; i <= 5; i++) {
            assertThat(world.policies
                            .createVersion(admin, arn, IamWorld.allow("ssm:*", "*"), i == 4)
                            .id())
                    .isEqualTo("v" + i);
        }

        assertCode(
                () -> world.policies.createVersion(admin, arn, IamWorld.allow("ssm:*", "*"), false),
                IamError.LIMIT_EXCEEDED);
        assertThat(world.policies.get(admin, arn).defaultVersion()).isEqualTo("v4");
        assertCode(() -> world.policies.deleteVersion(admin, arn, "v4"), IamError.DELETE_CONFLICT);
        assertCode(() -> world.policies.delete(admin, arn), IamError.DELETE_CONFLICT);
        world.policies.setDefault(admin, arn, "v1");
        world.policies.deleteVersion(admin, arn, "v5");
        assertThat(world.policies
                        .createVersion(admin, arn, IamWorld.deny("*", "*"), false)
                        .id())
                .isEqualTo("v6");
        assertThat(world.policies.versions(admin, arn, PageRequest.first(2)).items())
                .extracting(PolicyVersion::id)
                .containsExactly("v6", "v4");
        assertThat(world.policies.version(admin, arn, "v6").document()).isEqualTo(IamWorld.deny("*", "*"));
        assertCode(() -> world.policies.version(admin, arn, "v5"), IamError.NO_SUCH_ENTITY);
    }

    @Test
    void pagesVersionsNewestFirst() {
        String arn = make("p").arn();
        world.policies.createVersion(admin, arn, IamWorld.allow("ssm:*", "*"), false);
        world.policies.createVersion(admin, arn, IamWorld.allow("ssm:*", "*"), false);

        var first = world.policies.versions(admin, arn, PageRequest.first(2));
        var second = world.policies.versions(admin, arn, new PageRequest(2, first.nextToken()));

        assertThat(first.items()).extracting(PolicyVersion::id).containsExactly("v3", "v2");
        assertThat(second.items()).extracting(PolicyVersion::id).containsExactly("v1");
        assertThat(second.nextToken()).isEmpty();
    }

    @Test
    void storesWhatThePolicyLanguageAcceptsAndNothingElse() {
        assertThatThrownBy(() -> world.policies.create(admin, NewPolicy.named("bad", "{\"Version\":\"2012-10-17\"}")))
                .isInstanceOfSatisfying(SallyportException.class, e -> assertThat(e.code())
                        .isEqualTo(IamError.MALFORMED_POLICY_DOCUMENT))
                .hasMessageStartingWith("Syntax errors in policy.");
        world.user("bob");
        assertCode(
                () -> world.inline.put(admin, Owner.user("bob"), "p", "no JSON"), IamError.MALFORMED_POLICY_DOCUMENT);

        world.documents.unbindLanguage(new IamPolicyLanguage());
        IamPolicyLanguage other = new IamPolicyLanguage();
        world.documents.bindLanguage(other);
        world.documents.unbindLanguage(other);
        assertCode(
                () -> world.inline.put(admin, Owner.user("bob"), "p", IamWorld.allow("*", "*")),
                IamError.SERVICE_FAILURE);
    }

    @Test
    void addsUpPoliciesInLineOfAnOwner() {
        world.user("bob");
        String some = IamWorld.allow("ssm:*", "arn:aws:ssm:*:*:" + "x".repeat(1_200));
        world.inline.put(admin, Owner.user("bob"), "one", some);

        assertCode(() -> world.inline.put(admin, Owner.user("bob"), "two", some), IamError.LIMIT_EXCEEDED);
        world.inline.put(admin, Owner.user("bob"), "one", some);
        assertThat(world.inline.get(admin, Owner.user("bob"), "one")).isEqualTo(some);
        assertCode(() -> world.inline.get(admin, Owner.user("bob"), "two"), IamError.NO_SUCH_ENTITY);
        world.groups.create(admin, "ops", "/");
        world.inline.put(admin, Owner.group("ops"), "one", some);
        world.inline.put(admin, Owner.group("ops"), "two", some);
    }

    @Test
    void attachesTenPoliciesAtMostAndSaysWhatHasThem() {
        world.user("bob");
        Owner bob = Owner.user("bob");
        for (int i = 0; i < 10; i++) {
            world.attachments.attach(admin, bob, make("p" + i).arn());
        }

        world.attachments.attach(admin, bob, arn("p3"));
        assertCode(() -> world.attachments.attach(admin, bob, IamWorld.CORE), IamError.LIMIT_EXCEEDED);
        assertCode(() -> world.attachments.attach(admin, bob, arn("none")), IamError.NO_SUCH_ENTITY);
        assertCode(() -> world.attachments.attach(admin, bob, "p3"), IamError.INVALID_INPUT);
        assertThat(world.attachments.list(admin, bob, Listed.all(FIRST)).items())
                .hasSize(10)
                .contains(new AttachedPolicy("p3", arn("p3")));
        assertThat(world.policies.get(admin, arn("p3")).attachments()).isOne();
        assertCode(() -> world.policies.delete(admin, arn("p3")), IamError.DELETE_CONFLICT);
        world.attachments.detach(admin, bob, arn("p3"));
        assertCode(() -> world.attachments.detach(admin, bob, arn("p3")), IamError.NO_SUCH_ENTITY);
        world.policies.delete(admin, arn("p3"));
    }

    @Test
    void saysWhoIsLimitedByAPolicyToo() {
        world.user("bob");
        world.user("carol");
        String arn = make("edge").arn();
        world.boundaries.put(admin, Owner.user("bob"), arn);
        world.attachments.attach(admin, Owner.user("carol"), arn);

        assertThat(entities(arn, Optional.of(Usage.BOUNDARY))).containsExactly("bob");
        assertThat(entities(arn, Optional.of(Usage.PERMISSIONS))).containsExactly("carol");
        assertThat(entities(arn, Optional.empty())).containsExactly("bob", "carol");
        assertThat(world.policies.get(admin, arn).boundaries()).isOne();
        world.attachments.detach(admin, Owner.user("carol"), arn);
        assertCode(() -> world.policies.delete(admin, arn), IamError.DELETE_CONFLICT);
        world.boundaries.delete(admin, Owner.user("bob"));
        world.policies.delete(admin, arn);
    }

    @Test
    void listsThePoliciesOfTheServerBesideThoseOfTheAccount() {
        make("zeta");
        make("Alpha");

        List<String> ours = List.of(
                "AdministratorAccess",
                "AmazonSSMFullAccess",
                "AmazonSSMManagedEC2InstanceDefaultPolicy",
                "AmazonSSMManagedInstanceCore",
                "AmazonSSMReadOnlyAccess",
                "IAMFullAccess",
                "IAMReadOnlyAccess",
                "ReadOnlyAccess");
        assertThat(list(Scope.AWS, false, 1000)).containsExactlyElementsOf(ours);
        assertThat(list(Scope.ALL, false, 1000))
                .startsWith(ours.toArray(String[]::new))
                .endsWith("Alpha", "zeta");
        assertThat(list(Scope.LOCAL, true, 1000)).isEmpty();
        var page = world.policies.list(
                admin, new Wanted(Scope.ALL, false, Optional.empty(), Listed.all(PageRequest.first(9))));
        var rest = world.policies.list(
                admin,
                new Wanted(Scope.ALL, false, Optional.empty(), Listed.all(new PageRequest(9, page.nextToken()))));
        assertThat(rest.items()).extracting(ManagedPolicy::name).containsExactly("zeta");
        assertCode(
                () -> world.policies.createVersion(admin, IamWorld.CORE, IamWorld.allow("*", "*"), true),
                IamError.UNMODIFIABLE_ENTITY);
        assertThat(world.policies.version(admin, IamWorld.CORE, "v1").document())
                .contains("ec2messages:*");
    }

    @Test
    void thePoliciesOfTheServerAllowWhatTheirNamesSay() {
        for (String name : list(Scope.AWS, false, 1000)) {
            String arn = "arn:aws:iam::aws:policy/" + name;
            world.documents.check(
                    PolicyKind.MANAGED, world.policies.version(admin, arn, "v1").document());
            Principal holder = world.user(name);
            world.attachments.attach(admin, Owner.user(name), arn);
            boolean node = name.startsWith("AmazonSSMManaged");
            boolean all = name.equals("AdministratorAccess");
            boolean fullSsm = all || name.equals("AmazonSSMFullAccess");
            boolean readsSsm = fullSsm || name.equals("AmazonSSMReadOnlyAccess") || name.equals("ReadOnlyAccess");
            boolean fullIam = all || name.equals("IAMFullAccess");
            boolean readsIam = fullIam || name.equals("IAMReadOnlyAccess") || name.equals("ReadOnlyAccess");
            assertAllows(holder, "ssm:StartSession", fullSsm);
            assertAllows(holder, "ssm:DescribeInstanceInformation", readsSsm);
            assertAllows(holder, "ssm:UpdateInstanceInformation", fullSsm || node);
            assertAllows(holder, "ssmmessages:OpenDataChannel", fullSsm || node);
            assertAllows(holder, "iam:ListUsers", readsIam);
            assertAllows(holder, "iam:CreateUser", fullIam);
            assertAllows(holder, "iam:PassRole", fullIam);
            assertAllows(holder, "sts:AssumeRole", all);
        }
    }

    private void assertAllows(Principal holder, String action, boolean allowed) {
        assertThat(world.decisions.allows(new AccessRequest(holder, action, "*")))
                .as("%s: %s", holder.name(), action)
                .isEqualTo(allowed);
    }

    private List<String> list(Scope scope, boolean attached, int most) {
        return world
                .policies
                .list(admin, new Wanted(scope, attached, Optional.empty(), Listed.all(PageRequest.first(most))))
                .items()
                .stream()
                .map(ManagedPolicy::name)
                .toList();
    }

    private List<String> entities(String arn, Optional<Usage> usage) {
        return world
                .attachments
                .entities(admin, new Used(arn, Optional.empty(), usage, Listed.all(FIRST)))
                .items()
                .stream()
                .map(entity -> entity.name())
                .toList();
    }

    @Test
    void findsPoliciesByAPartOfTheName() {
        make("Shells");
        make("Other");

        assertThat(names("HELL")).containsExactly("Shells");
        assertThat(names("administrator")).containsExactly("AdministratorAccess");
        assertThat(names("nothing")).isEmpty();
    }

    @Test
    void reviewsADocumentForWhoMayAskForIt() {
        String wrong = "{\"Version\":\"2012-10-17\",\n\"Statement\":[{\"Effect\":\"Allow\"}]}";

        Review good = world.reviews.review(admin, "USER_INLINE", IamWorld.allow("*", "*"));
        assertThat(good.quota()).isEqualTo(2_048);
        assertThat(good.check().problem()).isEmpty();
        assertThat(good.findings()).extracting(PolicyFinding::rule).containsExactly("ADMINISTRATOR");
        Review bad = world.reviews.review(admin, "MANAGED", wrong);
        assertThat(bad.check().problem().orElseThrow().at().orElseThrow().line())
                .isEqualTo(2);
        assertThat(bad.findings()).isEmpty();
        assertCode(() -> world.reviews.review(admin, "LETTER", "{}"), IamError.INVALID_INPUT);

        Principal nobody = world.user("nobody");
        assertCode(() -> world.reviews.review(nobody, "LETTER", "{}"), AccessError.ACCESS_DENIED);
        Principal reader = world.user("reader", IamWorld.allow("access-analyzer:ValidatePolicy", "*"));
        assertThat(world.reviews.review(reader, "MANAGED", "{").check().problem())
                .isPresent();
    }

    private List<String> names(String part) {
        return world
                .policies
                .list(admin, new Wanted(Scope.ALL, false, Optional.empty(), new Listed("/", part, FIRST)))
                .items()
                .stream()
                .map(ManagedPolicy::name)
                .toList();
    }

    private ManagedPolicy make(String name) {
        return world.policies.create(admin, NewPolicy.named(name, IamWorld.allow("ssm:*", "*")));
    }

    private static String arn(String name) {
        return "arn:aws:iam::123456789012:policy/" + name;
    }

    private static void assertCode(ThrowingCallable call, ErrorCode code) {
        IamEntitiesTest.assertCode(call, code);
    }
}
