package org.sallyport.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Credential;
import org.sallyport.api.access.Origin;
import org.sallyport.api.access.Principal;

/** Which document a start asks for, session ids, and the owner's text in the row. */
class RulesTest {
    private static final String CHECK = "ssm:SessionDocumentAccessCheck";
    private static final String DEFAULT = "arn:aws:ssm:onprem-1:123456789012:document/SSM-SessionManagerRunShell";
    private final FakeServices services = new FakeServices();

    @Test
    void asksForTheDefaultDocumentOnlyWhereTheStatementThatAllowsDemandsIt() {
        Predicate<AccessRequest> withCheckOnly =
                request -> request.context().get(CHECK).equals(List.of("true"));

        assertThat(rule(Optional.empty(), false).questions(request -> true)).isEmpty();
        assertThat(resources(rule(Optional.empty(), false).questions(withCheckOnly)))
                .containsExactly(Fixture.NODE_ARN, DEFAULT);
        assertThat(rule(Optional.empty(), false).allowed(withCheckOnly.and(request -> !request.resource()
                        .equals(DEFAULT))))
                .isFalse();
    }

    @Test
    void asksForTheDefaultDocumentAlwaysWhenTheServerIsSetTo() {
        assertThat(resources(rule(Optional.empty(), true).questions(request -> true)))
                .containsExactly(Fixture.NODE_ARN, DEFAULT);
    }

    @Test
    void asksForADocumentThatIsNamedAlways() {
        assertThat(resources(rule(Optional.of("Doc"), false).questions(request -> true)))
                .containsExactly(Fixture.NODE_ARN, "arn:aws:ssm:onprem-1:123456789012:document/Doc");
    }

    @Test
    void namesSessionsByTheirOwnerInAtMostNinetySixCharacters() {
        SessionIds ids = new SessionIds();

        assertThat(ids.next("bob")).matches("bob-[0-9a-f]{17}");
        assertThat(ids.next("b".repeat(128))).matches("b{78}-[0-9a-f]{17}").hasSize(96);
        assertThat(new ArrayList<>(List.of(ids.next("bob"), ids.next("bob"), ids.next("bob"))))
                .doesNotHaveDuplicates();
    }

    @Test
    void keepsAllThatTheDecisionKnewOfTheOwner() {
        Principal owner = Fixture.ANN
                .with(new Credential(
                        Optional.of("AKIAX"),
                        Optional.of(java.time.Instant.ofEpochMilli(1)),
                        Optional.of(java.time.Instant.ofEpochMilli(2)),
                        Optional.of(java.time.Instant.ofEpochMilli(3)),
                        Map.of("Team", "blue"),
                        java.util.Set.of("team"),
                        Optional.of("ann@example.org"),
                        Optional.of("idp"),
                        List.of("{}"),
                        true))
                .from(Origin.overTls("192.0.2.1", Optional.of("aws-cli")));

        assertThat(OwnerText.read(OwnerText.write(owner))).isEqualTo(owner);
        assertThat(OwnerText.read(OwnerText.write(Fixture.ANN))).isEqualTo(Fixture.ANN);
    }

    private StartRule rule(Optional<String> document, boolean always) {
        return new StartRule(services, Fixture.ANN, Fixture.NODE_ID, document, always);
    }

    private static List<String> resources(List<AccessRequest> questions) {
        return questions.stream().map(AccessRequest::resource).toList();
    }
}
