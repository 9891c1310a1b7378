package org.sallyport.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.session.SessionState;
import org.sallyport.kernel.session.DataEnd;

/** Who comes in the very moment that the sweep has found a session overdue is not ended. */
class OverdueRaceTest {
    @TempDir
    Path folder;

    private Fixture f;

    @BeforeEach
    void open() {
        f = new Fixture(folder);
    }

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void leavesASessionWhoseNodeAnswersInThatMoment() {
        String id = f.start().sessionId();
        sweepWith(10, () -> f.engine.channels().createDataChannel(Fixture.NODE, id));

        assertRuns(id, SessionState.CONNECTING);
    }

    @Test
    void leavesASessionWhoseNodeComesBackInThatMoment() {
        String id = f.connected().sessionId();
        f.engine.channels().detached(id, DataEnd.NODE);
        sweepWith(30, () -> f.engine.channels().attached(id, DataEnd.NODE));

        assertRuns(id, SessionState.CONNECTED);
    }

    @Test
    void leavesASessionWhoseNodeHasShownItsTokenInThatMoment() {
        String id = f.connected().sessionId();
        f.engine.channels().detached(id, DataEnd.NODE);
        String token = f.engine.channels().createDataChannel(Fixture.NODE, id);
        sweepWith(30, () -> f.openNode(id, token, Fixture.NODE));

        assertRuns(id, SessionState.DISCONNECTED);
    }

    @Test
    void leavesASessionWhoseClientComesBackInThatMoment() {
        String id = f.connected().sessionId();
        f.engine.channels().detached(id, DataEnd.CLIENT);
        sweepWith(900, () -> f.engine.channels().attached(id, DataEnd.CLIENT));

        assertRuns(id, SessionState.CONNECTED);
    }

    @Test
    void leavesASessionWhoseFirstClientComesInThatMoment() {
        String id = f.start().sessionId();
        f.attachNode(id);
        f.pass(30);
        String token = f.engine.ownership().resume(Fixture.ANN, id).token().orElseThrow();
        sweepWith(30, () -> f.openClient(id, token, "c1"));

        assertRuns(id, SessionState.CONNECTING);
    }

    @Test
    void leavesASessionThatTheRelayHoldsThoughItsReportWasLost() {
        String id = f.connected().sessionId();
        f.engine.channels().detached(id, DataEnd.NODE);
        f.hold(id);
        f.sweepAfter(30);

        assertRuns(id, SessionState.CONNECTED);
    }

    @Test
    void endsAllTheSameWhoStaysAway() {
        String id = f.connected().sessionId();
        f.engine.channels().detached(id, DataEnd.NODE);
        sweepWith(30, () -> f.engine.channels().detached(id, DataEnd.CLIENT));

        assertThat(f.row(id).state()).isEqualTo(SessionState.TERMINATED);
    }

    private void sweepWith(long seconds, Runnable meanwhile) {
        f.pass(seconds);
        f.transactions.afterList = meanwhile;
        f.engine.sweep().endOverdue();
        assertThat(f.transactions.afterList).as("came between").isNull();
    }

    private void assertRuns(String id, SessionState state) {
        assertThat(f.row(id).state()).isEqualTo(state);
        assertThat(f.services.ended).isEmpty();
    }
}
