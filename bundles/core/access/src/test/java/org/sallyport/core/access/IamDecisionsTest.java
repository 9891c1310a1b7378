package org.sallyport.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Credential;
import org.sallyport.api.access.DecisionExplainer.Denial;
import org.sallyport.api.access.DecisionExplainer.Reason;
import org.sallyport.api.access.Origin;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.ManagedPolicies.NewPolicy;
import org.sallyport.api.iam.Owner;
import org.sallyport.api.iam.Roles.NewRole;
import org.sallyport.api.iam.Simulations.Answer;
import org.sallyport.api.iam.Simulations.Questions;
import org.sallyport.api.iam.Tags.Tagged;
import org.sallyport.api.iam.UserKeys.Made;
import org.sallyport.api.page.PageRequest;
import org.sallyport.spi.access.Authorizer.Verdict;
import org.sallyport.spi.access.PolicyLayer;

@Tag("store")
class IamDecisionsTest {
    private static final String NODE = "arn:aws:ssm:onprem-1:123456789012:managed-instance/mi-0123456789abcdef0";
    private static final String START = "ssm:StartSession";
    private final IamWorld world = new IamWorld();
    private final Principal admin = world.admin;

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void takesPoliciesOfUserAndGroupsAndLosesThemWithTheNextQuestion() {
        Principal bob = world.user("bob");
        assertThat(allows(bob)).isFalse();

        world.groups.create(admin, "ops", "/");
        world.inline.put(admin, Owner.group("ops"), "start", IamWorld.allow(START, "*"));
        world.groups.add(admin, "ops", "bob");
        assertThat(allows(bob)).isTrue();

        world.groups.remove(admin, "ops", "bob");
        assertThat(allows(bob)).isFalse();
        String arn = world.policies
                .create(admin, NewPolicy.named("start", IamWorld.allow(START, "*")))
                .arn();
        world.attachments.attach(admin, Owner.user("bob"), arn);
        assertThat(allows(bob)).isTrue();
        world.policies.createVersion(admin, arn, IamWorld.deny(START, "*"), true);
        assertThat(allows(bob)).isFalse();
        world.policies.setDefault(admin, arn, "v1");
        assertThat(allows(bob)).isTrue();
        world.attachments.detach(admin, Owner.user("bob"), arn);
        world.users.delete(admin, "bob");
        assertThat(allows(bob)).isFalse();
    }

    @Test
    void limitsByTheBoundaryAndDeniesAllWhenItCannotBeFound() {
        Principal bob = world.user("bob", IamWorld.allow("*", "*"));
        String arn = world.policies
                .create(admin, NewPolicy.named("edge", IamWorld.allow("ssm:*", "*")))
                .arn();
        world.boundaries.put(admin, Owner.user("bob"), arn);

        assertThat(allows(bob)).isTrue();
        assertThat(world.decisions.allows(new AccessRequest(bob, "iam:ListUsers", "*")))
                .isFalse();

        world.store.run(connection -> {
            Versions.change(connection);
            AttachmentTable.setBoundary(connection, EntityKind.USER, bob.id(), "ANPAGONE");
            return null;
        });
        assertThat(allows(bob)).isFalse();
        assertThat(denial(bob).reason()).isEqualTo(Reason.POLICY_GONE);
    }

    @Test
    void limitsByPoliciesOfTheSession() {
        world.roles.create(admin, NewRole.named("ops", IamWorld.TRUST_SSM));
        world.inline.put(admin, Owner.role("ops"), "all", IamWorld.allow("*", "*"));

        assertThat(allows(world.session("ops", "s", session(List.of())))).isTrue();
        assertThat(allows(world.session("ops", "s", session(List.of(IamWorld.allow("iam:*", "*"))))))
                .isFalse();
        assertThat(allows(world.session("ops", "s", session(List.of(IamWorld.ADMINISTRATOR)))))
                .isTrue();
        assertThat(allows(world.session("ops", "s", session(List.of("arn:aws:iam::aws:policy/Gone")))))
                .isFalse();
    }

    @Test
    void namesTheRoleOfASessionAndItsTagsTheSessionsFirst() {
        world.roles.create(admin, NewRole.named("ops", IamWorld.TRUST_SSM));
        world.tags.put(
                admin,
                new Tagged(EntityKind.ROLE, "ops"),
                List.of(new org.sallyport.api.iam.Tag("Team", "red"), new org.sallyport.api.iam.Tag("Cost", "7")));
        String conditions = "{\"ArnEquals\":{\"aws:PrincipalArn\":\"arn:aws:iam::123456789012:role/ops\"},"
                + "\"StringEquals\":{\"aws:PrincipalTag/team\":\"blue\",\"aws:PrincipalTag/Cost\":\"7\",\"aws:PrincipalType\":\"AssumedRole\"},"
                + "\"Null\":{\"aws:username\":\"true\"},\"Bool\":{\"aws:MultiFactorAuthPresent\":\"false\"},"
                + "\"DateEquals\":{\"aws:TokenIssueTime\":\"2026-03-01T09:00:00Z\"}}";
        world.inline.put(admin, Owner.role("ops"), "p", IamWorld.allowIf(START, "*", conditions));
        Credential blue = new Credential(
                Optional.of("ASIAX"),
                Optional.of(Instant.parse("2026-03-01T09:00:00Z")),
                Optional.of(Instant.parse("2026-03-01T11:00:00Z")),
                Optional.empty(),
                Map.of("team", "blue"),
                java.util.Set.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false);

        assertThat(allows(world.session("ops", "s", blue))).isTrue();
        assertThat(allows(world.session("ops", "s", session(List.of())))).isFalse();
    }

    @Test
    void tellsTheSecondFactorAndItsAge() {
        String fresh = "{\"NumericLessThan\":{\"aws:MultiFactorAuthAge\":\"600\"}}";
        Principal bob = world.user("bob", IamWorld.allowIf(START, "*", fresh));

        assertThat(allows(bob.with(signIn(Optional.of(IamWorld.NOW.minusSeconds(599))))))
                .isTrue();
        assertThat(allows(bob.with(signIn(Optional.of(IamWorld.NOW.minusSeconds(600))))))
                .isFalse();
        assertThat(allows(bob.with(signIn(Optional.empty())))).isFalse();
        assertThat(allows(bob)).isFalse();
    }

    @Test
    void deniesWithAKeyThatIsOffThoughTheRequestWasVerifiedBefore() {
        Principal bob = world.user("bob", IamWorld.allow(START, "*"));
        Made key = world.keys.create(admin, Optional.of("bob"));
        Principal signed = bob.with(Credential.key(key.key().accessKeyId()));
        assertThat(allows(signed)).isTrue();

        world.keys.update(admin, Optional.of("bob"), key.key().accessKeyId(), false);

        assertThat(allows(signed)).isFalse();
        assertThat(denial(signed).reason()).isEqualTo(Reason.PRINCIPAL_GONE);
    }

    @Test
    void keepsWhyForAdministratorsAlone() {
        Principal bob = world.user(
                        "bob", IamWorld.allowIf(START, "*", "{\"IpAddress\":{\"aws:SourceIp\":\"192.0.2.0/24\"}}"))
                .from(Origin.overTls("198.51.100.7", Optional.empty()));

        Denial denial = denial(bob);

        assertThat(denial.principalId()).isEqualTo(bob.id());
        assertThat(denial.action()).isEqualTo(START);
        assertThat(denial.resource()).isEqualTo(NODE);
        assertThat(denial.context()).containsEntry("aws:SourceIp", List.of("198.51.100.7"));
        assertThat(denial.decision().verdict()).isEqualTo(Verdict.IMPLICIT_DENY);
        assertThat(denial.decision().missing()).contains(PolicyLayer.IDENTITY);
        assertThat(denial.decision().nearest()).singleElement().satisfies(statement -> {
            assertThat(statement.conditions().get(0).key()).isEqualTo("aws:SourceIp");
            assertThat(statement.conditions().get(0).found()).containsExactly("198.51.100.7");
            assertThat(denial.sources()
                            .get(PolicyLayer.IDENTITY)
                            .get(statement.document())
                            .id())
                    .isEqualTo("user_bob_own");
        });
        assertThat(world.denials
                        .list(admin, Optional.of(bob.arn()), PageRequest.first(10))
                        .items())
                .extracting(Denial::reference)
                .containsExactly(denial.reference());
        assertThatThrownBy(() -> world.denials.get(bob, denial.reference()))
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(AccessError.ACCESS_DENIED));
        IamEntitiesTest.assertCode(() -> world.denials.get(admin, "A".repeat(20)), AccessError.DECISION_UNKNOWN);
    }

    @Test
    void givesTheSameDenialTheSameReferenceForAMinuteAndForgetsItAfterTwoWeeks() {
        Principal bob = world.user("bob");
        String first = reference(bob);
        world.clock.advance(Duration.ofSeconds(59));
        assertThat(reference(bob)).isEqualTo(first);
        world.clock.advance(Duration.ofSeconds(1));
        assertThat(reference(bob)).isNotEqualTo(first);

        world.clock.advance(Duration.ofDays(15));
        reference(bob);

        IamEntitiesTest.assertCode(() -> world.denials.get(admin, first), AccessError.DECISION_UNKNOWN);
    }

    @Test
    void simulatesForAUserWithItsBoundaryAndNamesTheSources() {
        world.user("bob", IamWorld.allow("ssm:*", "*"));
        world.boundaries.put(admin, Owner.user("bob"), IamWorld.CORE);

        List<Answer> answers = world.simulations.principal(
                admin,
                "arn:aws:iam::123456789012:user/bob",
                List.of(IamWorld.allow("ec2messages:*", "*")),
                List.of(),
                new Questions(
                        List.of(START, "ec2messages:GetMessages"),
                        List.of(NODE),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty()));

        assertThat(answers.get(0).decision().verdict()).isEqualTo(Verdict.IMPLICIT_DENY);
        assertThat(answers.get(0).decision().allowedByBoundary()).contains(false);
        assertThat(answers.get(1).decision().verdict()).isEqualTo(Verdict.ALLOWED);
        assertThat(answers.get(1).sources().get(PolicyLayer.IDENTITY))
                .extracting(source -> source.id() + " " + source.type())
                .containsExactly("user_bob_own user", "PolicyInputList.1 none");
        assertThat(world.simulations.contextKeys(
                        admin, List.of(IamWorld.allow("s3:*", "arn:aws:s3:::${aws:username}"))))
                .containsExactly("aws:username");
    }

    @Test
    void simulatesWithWhatIsKnownOfTheUserUnlessSomethingElseIsGiven() {
        world.user("bob", IamWorld.allow(START, "arn:aws:ssm:*:*:session/${aws:username}-*"));
        String own = "arn:aws:ssm:onprem-1:123456789012:session/bob-0";

        assertThat(simulated(own, Map.of())).isEqualTo(Verdict.ALLOWED);
        assertThat(simulated(own, Map.of("AWS:UserName", List.of("carol")))).isEqualTo(Verdict.IMPLICIT_DENY);
    }

    private Verdict simulated(String resource, Map<String, List<String>> context) {
        return world.simulations
                .principal(
                        admin,
                        "arn:aws:iam::123456789012:user/bob",
                        List.of(),
                        List.of(),
                        new Questions(List.of(START), List.of(resource), context, Optional.empty(), Optional.empty()))
                .get(0)
                .decision()
                .verdict();
    }

    @Test
    void saysWhenARunningSessionIsToBeDecidedAgain() {
        Principal bob = world.user("bob", IamWorld.allow(START, "*"));
        Principal carol = world.user("carol", IamWorld.allow(START, "*"));
        long version = world.live.version();
        String bobs = world.live.standing(bob);
        String carols = world.live.standing(carol);

        world.inline.put(admin, Owner.user("bob"), "own", IamWorld.deny(START, "*"));

        assertThat(world.live.version()).isNotEqualTo(version);
        assertThat(world.live.standing(bob)).isNotEqualTo(bobs);
        assertThat(world.live.standing(carol)).isEqualTo(carols);
        assertThat(world.live.stillAllows(new AccessRequest(bob, START, NODE))).isFalse();
        assertThat(world.live.stillAllows(new AccessRequest(carol, START, NODE)))
                .isTrue();
        world.decisions.deactivate();
        assertThatThrownBy(() -> world.live.stillAllows(new AccessRequest(carol, START, NODE)))
                .isInstanceOf(SallyportException.class);
    }

    private static Credential session(List<String> policies) {
        return new Credential(
                Optional.of("ASIAX"),
                Optional.of(IamWorld.NOW),
                Optional.of(IamWorld.NOW.plusSeconds(3600)),
                Optional.empty(),
                Map.of(),
                java.util.Set.of(),
                Optional.empty(),
                Optional.empty(),
                policies,
                false);
    }

    private static Credential signIn(Optional<Instant> secondFactor) {
        return Credential.session(Optional.empty(), IamWorld.NOW.minusSeconds(900), Optional.empty(), secondFactor);
    }

    private boolean allows(Principal who) {
        return world.decisions.allows(new AccessRequest(who, START, NODE));
    }

    private Denial denial(Principal who) {
        return world.denials.get(admin, reference(who));
    }

    private String reference(Principal who) {
        try {
            world.decisions.require(new AccessRequest(who, START, NODE));
            throw new AssertionError("it is allowed");
        } catch (SallyportException e) {
            return e.getMessage().replaceAll(".*\\(reference ([A-Z2-7]{20})\\)$", "$1");
        }
    }
}
