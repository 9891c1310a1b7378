package org.sallyport.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.Activation;
import org.sallyport.api.node.ActivationOptions;
import org.sallyport.api.node.Activations.Created;
import org.sallyport.api.node.Activations.Filter;
import org.sallyport.api.node.Activations.NewActivation;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.spi.node.NodeAdmission;
import org.sallyport.spi.node.NodeAdmission.Admission;

/** What every {@link NodeAdmission} that keeps activations keeps to. */
public abstract class NodeAdmissionContract {
    private static final int CALLERS = 200;
    private static final int LIMIT = 50;
    private static final String SOURCE = "192.0.2.7";

    private NodeAdmission admission;

    /** An adapter that keeps no activation yet, on the system's clock; asked for before each test. */
    protected abstract NodeAdmission emptyAdmission() throws Exception;

    @BeforeEach
    void takeEmptyAdmission() throws Exception {
        admission = emptyAdmission();
    }

    @Test
    void idAndCodeHaveTheLengthsThatAgentsTake() {
        Created created = create("web", 1);

        assertThat(UUID.fromString(created.activation().id()))
                .hasToString(created.activation().id());
        assertThat(created.code()).matches("[A-Za-z0-9_-]{20,250}");
        assertThat(created.toString()).doesNotContain(created.code());
    }

    @Test
    void everyActivationIsItsOwn() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            Created created = create("web", 1);
            seen.add(created.activation().id());
            seen.add(created.code());
        }

        assertThat(seen).hasSize(40);
    }

    @Test
    void idAndCodeAdmitWithWhatTheActivationSays() {
        Created created = create("web", 1);

        Admission admitted = admit(created);

        assertThat(admitted.activationId()).isEqualTo(created.activation().id());
        assertThat(admitted.role()).isEqualTo("NodeRole");
        assertThat(admitted.name()).contains("web");
        assertThat(admitted.tags()).containsEntry("team", "blue").hasSize(1);
    }

    @Test
    void everyRefusalHasTheSameTextAndNoSecret() {
        Created open = create("web", 5);
        Created expired = admission.create(wanted("old", 5), Instant.now().minusSeconds(1), soon());
        Created used = create("one", 1);
        admit(used);
        Created deleted = create("gone", 5);
        admission.delete(deleted.activation().id(), soon());

        Set<String> texts = new HashSet<>();
        texts.add(refusal(open.activation().id(), used.code()));
        texts.add(refusal(open.activation().id(), ""));
        texts.add(refusal(open.activation().id(), open.code() + "x"));
        texts.add(refusal(open.activation().id(), open.code().substring(1)));
        texts.add(refusal(UUID.randomUUID().toString(), open.code()));
        texts.add(refusal("", open.code()));
        texts.add(refusal("../" + open.activation().id(), open.code()));
        texts.add(refusal("x".repeat(10_000), "y".repeat(10_000)));
        texts.add(refusal(expired.activation().id(), expired.code()));
        texts.add(refusal(used.activation().id(), used.code()));
        texts.add(refusal(deleted.activation().id(), deleted.code()));

        assertThat(texts).hasSize(1).allSatisfy(text -> assertThat(text)
                .isNotBlank()
                .doesNotContain(open.code(), used.code(), expired.code(), deleted.code()));
    }

    @Test
    void exactlyTheLimitIsAdmittedWhenManyComeAtOnce() throws Exception {
        Created created = create("race", LIMIT);

        List<Optional<Admission>> results = Race.of(CALLERS, () -> {
            try {
                return Optional.of(admit(created));
            } catch (SallyportException e) {
                assertThat(e.code()).isEqualTo(NodeError.ACTIVATION_REFUSED);
                return Optional.empty();
            }
        });

        List<Admission> admitted = results.stream().flatMap(Optional::stream).toList();
        assertThat(admitted).hasSize(LIMIT);
        assertThat(admitted).extracting(Admission::receipt).doesNotHaveDuplicates();
        assertThat(only(created).registrations()).isEqualTo(LIMIT);
    }

    @Test
    void optionsAreKeptAndAnotherAddressIsRefusedWithTheSameText() {
        ActivationOptions options = new ActivationOptions(List.of("192.0.2.0/28", "2001:db8::/32"), true);
        Created created = admission.create(
                new NewActivation("", Optional.empty(), "NodeRole", 2, Optional.empty(), Map.of(), options),
                soon(),
                soon());
        String id = created.activation().id();

        assertThat(only(created).options()).isEqualTo(options);
        for (String source : List.of("192.0.2.16", "2001:db9::1", "", "192.0.2.7.example.org", "::ffff:192.0.3.7")) {
            SallyportException e = catchThrowableOfType(
                    SallyportException.class, () -> admission.admit(id, created.code(), source, soon()));
            assertThat(e).as(source).hasMessage(refusal(id, "wrong"));
        }
        assertThat(admit(created).approval()).isTrue();
        assertThat(admission.admit(id, created.code(), "2001:db8::7", soon()).approval())
                .isTrue();
    }

    @Test
    void aReleasedRegistrationMayBeTakenAgainOnce() {
        Created created = create("web", 1);
        Admission first = admit(created);

        admission.release(first, soon());
        assertThat(only(created).registrations()).isZero();
        admit(created);
        admission.release(first, soon());

        assertThat(only(created).registrations()).isEqualTo(1);
        refusal(created.activation().id(), created.code());
    }

    @Test
    void releaseOfADeletedActivationIsNothing() {
        Created created = create("web", 1);
        Admission admitted = admit(created);
        admission.delete(created.activation().id(), soon());

        admission.release(admitted, soon());

        assertThat(all(List.of())).isEmpty();
    }

    @Test
    void aDeletedActivationIsGone() {
        Created created = create("web", 1);

        assertThat(admission.delete(created.activation().id(), soon())).isTrue();
        assertThat(admission.delete(created.activation().id(), soon())).isFalse();
        assertThat(admission.delete("no such id", soon())).isFalse();
        assertThat(all(List.of())).isEmpty();
    }

    @Test
    void theListShowsWhatWasAskedFor() {
        Instant expires = Instant.ofEpochMilli(soon().toEpochMilli());
        Created created = admission.create(wanted("web", 7), expires, soon());

        Activation listed = only(created);

        assertThat(listed).isEqualTo(created.activation());
        assertThat(listed.description()).isEqualTo("for web");
        assertThat(listed.defaultInstanceName()).contains("web");
        assertThat(listed.role()).isEqualTo("NodeRole");
        assertThat(listed.limit()).isEqualTo(7);
        assertThat(listed.registrations()).isZero();
        assertThat(listed.expires()).isEqualTo(expires);
        assertThat(listed.created()).isBeforeOrEqualTo(Instant.now());
        assertThat(listed.tags()).isEqualTo(Map.of("team", "blue"));
    }

    @Test
    void filtersNarrowTheList() {
        Created web = create("web", 1);
        Created db = create("db", 1);

        assertThat(ids(new Filter("DefaultInstanceName", List.of("web", "none"))))
                .containsExactly(web.activation().id());
        assertThat(ids(new Filter("ActivationIds", List.of(db.activation().id()))))
                .containsExactly(db.activation().id());
        assertThat(ids(new Filter("IamRole", List.of("NodeRole")))).hasSize(2);
        assertThat(ids(new Filter("IamRole", List.of("Node")))).isEmpty();
        assertThat(ids(new Filter("IamRole", List.of("NodeRole")), new Filter("DefaultInstanceName", List.of("db"))))
                .containsExactly(db.activation().id());
    }

    @Test
    void pagesAreOrderedByIdAndCompleteWithoutRepeats() {
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 7; i++) {
            made.add(create("n" + i, 1).activation().id());
        }

        List<String> seen = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            Page<Activation> page = admission.list(List.of(), new PageRequest(3, token), soon());
            assertThat(page.items()).hasSizeLessThanOrEqualTo(3);
            page.items().forEach(a -> seen.add(a.id()));
            token = page.nextToken();
        } while (token.isPresent());

        assertThat(seen).isSorted().doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(made);
    }

    private Created create(String name, int limit) {
        return admission.create(wanted(name, limit), soon(), soon());
    }

    private static NewActivation wanted(String name, int limit) {
        return new NewActivation(
                "for " + name, Optional.of(name), "NodeRole", limit, Optional.empty(), Map.of("team", "blue"));
    }

    private Admission admit(Created created) {
        return admission.admit(created.activation().id(), created.code(), SOURCE, soon());
    }

    private String refusal(String id, String code) {
        SallyportException e =
                catchThrowableOfType(SallyportException.class, () -> admission.admit(id, code, SOURCE, soon()));
        assertThat(e).as("an activation that must be refused").isNotNull();
        assertThat(e.code()).isEqualTo(NodeError.ACTIVATION_REFUSED);
        return e.getMessage();
    }

    private Activation only(Created created) {
        List<Activation> found = all(
                List.of(new Filter("ActivationIds", List.of(created.activation().id()))));
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private List<String> ids(Filter... filters) {
        return all(List.of(filters)).stream().map(Activation::id).toList();
    }

    private List<Activation> all(List<Filter> filters) {
        return admission.list(filters, PageRequest.first(100), soon()).items();
    }

    private static Instant soon() {
        return Instant.now().plus(Duration.ofMinutes(2));
    }
}
