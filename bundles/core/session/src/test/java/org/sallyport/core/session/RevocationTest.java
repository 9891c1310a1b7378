package org.sallyport.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.session.EndCause;
import org.sallyport.api.session.Sessions.StartRequest;

/** What of a change makes a session be decided again. That the right ones end is shown with the real decision in core/access. */
@Tag("store")
class RevocationTest {
    private static final String AGAIN = "again ann " + Fixture.NODE_ARN;

    @TempDir
    Path folder;

    private Fixture f;
    private String id;

    @BeforeEach
    void start() {
        f = new Fixture(folder);
        id = start(Fixture.ANN);
        f.engine.revocation().turn();
        f.services.calls.clear();
    }

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void decidesAgainOnlyWhatAChangeTouches() {
        f.engine.revocation().turn();
        f.services.version++;
        f.engine.revocation().turn();
        assertThat(f.services.calls).isEmpty();

        f.services.version++;
        f.services.standings.put(Fixture.ANN.id(), "changed");
        f.engine.revocation().turn();
        f.engine.revocation().turn();
        assertThat(f.services.calls).containsExactly(AGAIN);
        assertThat(f.row(id).cause()).isEmpty();
    }

    @Test
    void decidesAgainWhenTheTagsOfTheNodeChange() {
        f.services.tags.put(Fixture.NODE_ID, Map.of("env", "prod"));

        f.engine.revocation().turn();
        f.engine.revocation().turn();

        assertThat(f.services.calls).containsExactly(AGAIN);
    }

    @Test
    void endsWhatIsNoLongerAllowedWithTheCause() {
        f.services.version++;
        f.services.standings.put(Fixture.ANN.id(), "changed");
        f.services.forbidden.add(Fixture.ANN.id());

        f.engine.revocation().turn();

        assertThat(f.row(id).cause()).contains(EndCause.ACCESS_REVOKED);
        assertThat(f.services.ended).extracting(FakeServices.Ended::sessionId).containsExactly(id);
    }

    @Test
    void letsRunWhatCannotBeDecidedAndDecidesItLater() {
        f.services.version++;
        f.services.standings.put(Fixture.ANN.id(), "changed");
        f.services.deciderAway = true;
        assertThatThrownBy(() -> f.engine.revocation().turn()).isInstanceOf(SallyportException.class);
        assertThat(f.row(id).cause()).isEmpty();

        f.services.deciderAway = false;
        f.services.forbidden.add(Fixture.ANN.id());
        f.engine.revocation().turn();

        assertThat(f.row(id).cause()).contains(EndCause.ACCESS_REVOKED);
    }

    @Test
    void whatCannotBeDecidedHoldsUpNobodyElse() {
        String other = start(Fixture.BOB);
        f.services.version++;
        f.services.standings.put(Fixture.ANN.id(), "changed");
        f.services.undecidable.add(Fixture.ANN.id());
        f.services.standings.put(Fixture.BOB.id(), "changed");
        f.services.forbidden.add(Fixture.BOB.id());

        assertThatThrownBy(() -> f.engine.revocation().turn()).isInstanceOf(SallyportException.class);
        assertThat(f.row(other).cause()).contains(EndCause.ACCESS_REVOKED);

        f.services.undecidable.clear();
        f.services.forbidden.add(Fixture.ANN.id());
        f.engine.revocation().turn();
        assertThat(f.row(id).cause()).contains(EndCause.ACCESS_REVOKED);
    }

    @Test
    void goesOnBehindThoseWhoCannotBeDecidedWhenThatAreMany() {
        List<Principal> many = IntStream.range(0, 5)
                .mapToObj(i -> new Principal(
                        Fixture.ANN.accountId(), Fixture.ANN.type(), "AIDA" + i, "ann" + i, Fixture.ANN.arn() + i))
                .toList();
        many.forEach(this::start);
        String last = start(Fixture.BOB);
        f.services.version++;
        many.forEach(one -> f.services.undecidable.add(one.id()));
        f.services.forbidden.add(Fixture.BOB.id());

        assertThatThrownBy(() -> f.engine.revocation().turn()).isInstanceOf(SallyportException.class);
        assertThat(f.row(last).cause()).as("the one who decides may be away").isEmpty();
        assertThat(f.services.calls)
                .filteredOn(call -> call.startsWith("again"))
                .hasSize(3);

        assertThatThrownBy(() -> f.engine.revocation().turn()).isInstanceOf(SallyportException.class);
        assertThat(f.row(last).cause()).contains(EndCause.ACCESS_REVOKED);

        f.services.undecidable.clear();
        f.services.forbidden.add(many.get(0).id());
        f.engine.revocation().turn();
        assertThat(f.services.ended).hasSize(2);
    }

    private String start(Principal owner) {
        StartRequest request = new StartRequest(Fixture.NODE_ID, Optional.empty(), Optional.empty(), Map.of());
        return f.engine.starting().start(owner, request).sessionId();
    }

    @Test
    void decidesEachSessionOnceAfterARestart() {
        f.services.forbidden.add(Fixture.ANN.id());
        f.engine.revocation().turn();
        assertThat(f.row(id).cause()).isEmpty();

        f.killAndRestart(java.time.Duration.ofSeconds(1));
        f.engine.revocation().turn();

        assertThat(f.row(id).cause()).contains(EndCause.ACCESS_REVOKED);
    }
}
