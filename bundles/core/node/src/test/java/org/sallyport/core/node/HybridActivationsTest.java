package org.sallyport.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.node.Errors.assertFails;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.node.Activation;
import org.sallyport.api.node.ActivationOptions;
import org.sallyport.api.node.Activations.Created;
import org.sallyport.api.node.Activations.Filter;
import org.sallyport.api.node.Activations.NewActivation;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.page.PageRequest;

@Tag("store")
class HybridActivationsTest {
    private final World world = new World();
    private final HybridActivations activations = world.activations();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void withoutAnExpiryItLivesADay() {
        Created created = activations.create(World.ALICE, wanted(1, Optional.empty()));

        assertThat(created.activation().expires()).isEqualTo(World.START.plus(Duration.ofHours(24)));
        assertThat(list()).containsExactly(created.activation());
    }

    @Test
    void expiryIsInTheFutureAndWithinThirtyDays() {
        Instant longest = World.START.plus(Duration.ofDays(30));
        assertThat(activations
                        .create(World.ALICE, wanted(1, Optional.of(longest)))
                        .activation()
                        .expires())
                .isEqualTo(longest);

        for (Instant wrong : List.of(World.START, World.START.minusMillis(1), longest.plusMillis(1), Instant.MAX)) {
            assertFails(
                    CommonError.INVALID_ARGUMENT, () -> activations.create(World.ALICE, wanted(1, Optional.of(wrong))));
        }
    }

    @Test
    void theLimitIsOneToThousand() {
        assertThat(activations
                        .create(World.ALICE, wanted(1000, Optional.empty()))
                        .activation()
                        .limit())
                .isEqualTo(1000);
        for (int wrong : new int[] {0, -1, 1001}) {
            assertFails(
                            CommonError.INVALID_ARGUMENT,
                            () -> activations.create(World.ALICE, wanted(wrong, Optional.empty())))
                    .contains("1 to 1000");
        }
    }

    @Test
    void textsAndTagsHaveLimits() {
        for (NewActivation wrong : List.of(
                texts("x".repeat(257), "web", Map.of()),
                texts("a\nb", "web", Map.of()),
                texts("", "x".repeat(257), Map.of()),
                texts("", "web", Map.of("", "v")),
                texts("", "web", Map.of("aws:x", "v")),
                texts("", "web", Map.of("k".repeat(129), "v")),
                texts("", "web", Map.of("k", "v".repeat(257))))) {
            assertFails(CommonError.INVALID_ARGUMENT, () -> activations.create(World.ALICE, wrong));
        }
        assertThat(list()).isEmpty();
    }

    @Test
    void theRoleMustTrustTheServiceThatNodesBelongTo() {
        assertFails(NodeError.ROLE_UNKNOWN, () -> activations.create(World.ALICE, role(World.Roles.TRUSTS_OTHERS)));
    }

    @Test
    void theRoleMustExist() {
        assertFails(NodeError.ROLE_UNKNOWN, () -> activations.create(World.ALICE, role("Nobody")))
                .contains("Nobody");
        assertFails(CommonError.INVALID_ARGUMENT, () -> activations.create(World.ALICE, role("../x")));
        assertFails(CommonError.INVALID_ARGUMENT, () -> activations.create(World.ALICE, role("")));
    }

    @Test
    void whoMakesAnActivationMustBeAllowedToPassItsRole() {
        activations.create(World.ALICE, role(World.ROLE));
        assertThat(world.policy.asked)
                .containsExactly(
                        new AccessRequest(World.ALICE, "ssm:CreateActivation", "*"),
                        new AccessRequest(
                                World.ALICE,
                                "iam:PassRole",
                                World.ROLE_ARN,
                                Map.of("iam:PassedToService", List.of("ssm.amazonaws.com"))));

        world.policy.denied.add("iam:PassRole");
        String text = "User: " + World.ALICE.arn()
                + " is not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role/";
        assertFails(AccessError.ACCESS_DENIED, () -> activations.create(World.ALICE, role(World.ROLE)))
                .isEqualTo(text + World.ROLE);
        assertFails(AccessError.ACCESS_DENIED, () -> activations.create(World.ALICE, role("Nobody")))
                .isEqualTo(text + "Nobody");
    }

    @Test
    void everyCallIsDecidedBeforeAnythingElse() {
        world.policy.denied.addAll(List.of("ssm:CreateActivation", "ssm:DescribeActivations", "ssm:DeleteActivation"));

        assertFails(AccessError.ACCESS_DENIED, () -> activations.create(World.ALICE, role("../x")));
        assertFails(
                AccessError.ACCESS_DENIED,
                () -> activations.list(World.ALICE, List.of(new Filter("Nonsense", List.of())), PageRequest.first(1)));
        assertFails(AccessError.ACCESS_DENIED, () -> activations.delete(World.ALICE, "none"));
        assertThat(world.policy.asked).extracting(AccessRequest::resource).containsOnly("*");
    }

    @Test
    void aDeletedOneIsGoneAndAnUnknownOneSaysSo() {
        String id =
                activations.create(World.ALICE, role(World.ROLE)).activation().id();

        activations.delete(World.ALICE, id);

        assertThat(list()).isEmpty();
        assertFails(NodeError.ACTIVATION_UNKNOWN, () -> activations.delete(World.ALICE, id))
                .contains(id);
    }

    @Test
    void filtersAreCheckedBeforeTheAdapterSeesThem() {
        for (List<Filter> wrong : List.of(
                List.of(new Filter("Code", List.of("x"))),
                List.of(new Filter("IamRole", List.of())),
                List.of(new Filter("IamRole", Collections.nCopies(101, "x"))),
                Collections.nCopies(11, new Filter("IamRole", List.of("x"))))) {
            assertFails(CommonError.INVALID_ARGUMENT, () -> activations.list(World.ALICE, wrong, PageRequest.first(1)));
        }
        activations.create(World.ALICE, role(World.ROLE));
        List<Filter> other =
                List.of(new Filter("ActivationIds", List.of(UUID.randomUUID().toString())));
        assertThat(activations.list(World.ALICE, other, PageRequest.first(5)).items())
                .isEmpty();
    }

    @Test
    void withoutAnAdapterActivationsAreAway() {
        world.calls.unbindAdmission(world.admission);

        assertFails(CommonError.SERVICE_AWAY, () -> activations.create(World.ALICE, role(World.ROLE)));
        assertFails(CommonError.SERVICE_AWAY, this::list);
    }

    private List<Activation> list() {
        return activations.list(World.ALICE, List.of(), PageRequest.first(50)).items();
    }

    private static NewActivation wanted(int limit, Optional<Instant> expires) {
        return new NewActivation("", Optional.empty(), World.ROLE, limit, expires, Map.of());
    }

    private static NewActivation role(String role) {
        return new NewActivation("", Optional.empty(), role, 1, Optional.empty(), Map.of());
    }

    private static NewActivation texts(String description, String name, Map<String, String> tags) {
        return new NewActivation(description, Optional.of(name), World.ROLE, 1, Optional.empty(), tags);
    }

    @Test
    void rangesOfAddressesAreChecked() {
        for (List<String> wrong : List.of(
                List.of("10.0.0.0/33"),
                List.of("10.0.0.1/8"),
                List.of("localhost"),
                List.of("example.org/8"),
                List.of("::/129"),
                List.of(""),
                Collections.nCopies(21, "10.0.0.0/8"))) {
            assertFails(CommonError.INVALID_ARGUMENT, () -> activations.create(World.ALICE, sources(wrong)));
        }
        assertThat(activations
                        .create(World.ALICE, sources(List.of("10.0.0.0/8", "192.0.2.7", "2001:db8::/32")))
                        .activation()
                        .options()
                        .sources())
                .hasSize(3);
    }

    private static NewActivation sources(List<String> sources) {
        return new NewActivation(
                "", Optional.empty(), World.ROLE, 1, Optional.empty(), Map.of(), new ActivationOptions(sources, false));
    }
}
