package org.sallyport.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.session.Fixture.ANN;
import static org.sallyport.core.session.Fixture.NODE_ID;
import static org.sallyport.core.session.Fixture.OTHER_ID;
import static org.sallyport.core.session.Fixture.assertCode;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.session.EndCause;
import org.sallyport.api.session.SessionError;
import org.sallyport.api.session.SessionState;
import org.sallyport.api.session.Sessions.Started;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MessageTypes;

/** What holds when the server is killed and comes back. */
class RestartTest {
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
    void givesBothEndsTheirWholeWindowAfterALongDownTime() {
        String id = f.connected().sessionId();
        f.restart(Duration.ofDays(3));
        f.sweepAfter(29);
        assertThat(f.row(id).state()).isEqualTo(SessionState.DISCONNECTED);
        f.engine.channels().attached(id, DataEnd.NODE);
        f.sweepAfter(870);
        assertThat(f.row(id).state()).isEqualTo(SessionState.DISCONNECTED);
        f.engine.channels().attached(id, DataEnd.CLIENT);
        f.sweepAfter(900);

        assertThat(f.row(id).state()).isEqualTo(SessionState.CONNECTED);
    }

    @Test
    void givesAClientThatWasAwayTheRestOfItsWindow() {
        String id = f.connected().sessionId();
        f.engine.channels().detached(id, DataEnd.CLIENT);
        f.pass(600);
        f.restart(Duration.ofDays(3));
        f.engine.channels().attached(id, DataEnd.NODE);
        f.sweepAfter(299);
        assertThat(f.row(id).state()).isEqualTo(SessionState.DISCONNECTED);
        f.sweepAfter(1);

        assertThat(f.row(id).cause()).contains(EndCause.CLIENT_LOST);
    }

    @Test
    void keepsASessionForADayWhenTheWindowSaysSo() {
        f.settings = new Settings(Duration.ofDays(1), Duration.ofSeconds(30), Fixture.NO_LIMITS, 9, 9, 9, false);
        String id = f.connected().sessionId();
        f.engine.channels().detached(id, DataEnd.CLIENT);
        f.sweepAfter(43_200);
        f.restart(Duration.ofHours(1));
        f.engine.channels().attached(id, DataEnd.NODE);
        f.sweepAfter(43_199);
        assertThat(f.row(id).state()).isEqualTo(SessionState.DISCONNECTED);
        f.sweepAfter(1);

        assertThat(f.row(id).cause()).contains(EndCause.CLIENT_LOST);
    }

    @Test
    void takesATokenAfterAShortDownTimeAndNoneAfterItsMinute() {
        Started first = f.start();
        Started second = f.start();
        f.restart(Duration.ofSeconds(50));
        f.openClient(first.sessionId(), first.token().orElseThrow(), "c1");
        f.restart(Duration.ofSeconds(10));

        assertCode(
                () -> f.openClient(second.sessionId(), second.token().orElseThrow(), "c1"), SessionError.TOKEN_REFUSED);
    }

    @Test
    void takesNoTokenWhenTheClockWentBackMeanwhile() {
        Started started = f.start();
        f.restart(Duration.ofDays(-1));

        assertCode(
                () -> f.openClient(started.sessionId(), started.token().orElseThrow(), "c1"),
                SessionError.TOKEN_REFUSED);
    }

    @Test
    void givesTheOrderAgainThatDiedWithTheServer() {
        String id = f.start().sessionId();
        AgentMessage first = f.services.sent.get(0).message();
        f.sweepAfter(9);
        f.services.sent.clear();
        f.services.connected.clear();
        f.killAndRestart(Duration.ofSeconds(20));
        f.sweepAfter(15);
        f.services.connected.add(NODE_ID);
        f.engine.reports().nodeConnected(OTHER_ID);
        assertThat(f.services.sent).isEmpty();

        f.engine.reports().nodeConnected(NODE_ID);
        assertThat(f.services.sent).singleElement().satisfies(again -> {
            assertThat(again.nodeId()).isEqualTo(NODE_ID);
            assertThat(again.message().type()).isEqualTo(first.type());
            assertThat(again.message().payload()).isEqualTo(first.payload());
        });
        f.sweepAfter(9);
        f.attachNode(id);
        f.services.sent.clear();
        f.engine.reports().nodeConnected(NODE_ID);
        assertThat(f.services.sent).as("it was obeyed").isEmpty();
        assertThat(f.row(id).state()).isEqualTo(SessionState.CONNECTING);
    }

    @Test
    void doesNotWaitForeverForANodeThatComesAndGoes() {
        String id = f.start().sessionId();
        f.openClient(id, f.engine.ownership().resume(ANN, id).token().orElseThrow(), "c1");
        f.engine.channels().attached(id, DataEnd.CLIENT);
        for (int i = 0; i < 13; i++) {
            f.sweepAfter(5);
            f.engine.reports().nodeConnected(NODE_ID);
        }
        assertThat(f.row(id).state()).isEqualTo(SessionState.CONNECTING);
        f.sweepAfter(5);
        assertThat(f.row(id).cause()).contains(EndCause.NODE_SILENT);
    }

    @Test
    void givesNoOrderForASessionThatIsOver() {
        String id = f.start().sessionId();
        f.engine.ownership().terminate(ANN, id);
        f.services.sent.clear();
        f.engine.reports().nodeConnected(NODE_ID);

        assertThat(f.services.sent).isEmpty();
        assertThat(f.transactions.<Long>run(c -> {
                    try (var r = c.createStatement().executeQuery("SELECT COUNT(*) FROM session_orders")) {
                        r.next();
                        return r.getLong(1);
                    }
                }))
                .isZero();
    }

    @Test
    void leavesNoShellOnANodeThatGaveItsDataChannelUp() {
        String id = f.connected().sessionId();
        f.services.sent.clear();
        f.killAndRestart(Duration.ofSeconds(60));
        f.engine.reports().nodeConnected(NODE_ID);
        assertThat(f.services.sent).as("it may still come back").isEmpty();
        assertThat(f.row(id).state()).isEqualTo(SessionState.DISCONNECTED);

        f.sweepAfter(30);
        assertThat(f.row(id).cause()).contains(EndCause.NODE_LOST);
        assertTold(id);
    }

    @Test
    void tellsTheNodeWhenItsControlChannelComesLate() {
        String id = f.connected().sessionId();
        f.killAndRestart(Duration.ofSeconds(60));
        f.services.reachable = false;
        f.sweepAfter(30);
        assertThat(f.row(id).cause()).contains(EndCause.NODE_LOST);

        f.services.reachable = true;
        f.services.sent.clear();
        f.pass(3_600);
        f.engine.reports().nodeConnected(NODE_ID);
        assertTold(id);
    }

    @Test
    void carriesOnWithASessionWhoseEndsComeBack() {
        String id = f.connected().sessionId();
        f.services.sent.clear();
        f.killAndRestart(Duration.ofSeconds(2));
        f.connect(id);
        f.hold(id);
        f.engine.sweep().reconcile();
        f.sweepAfter(60);

        assertThat(f.row(id).state()).isEqualTo(SessionState.CONNECTED);
        assertThat(f.services.sent).isEmpty();
        assertThat(f.services.ended).isEmpty();
    }

    private void assertTold(String id) {
        assertThat(f.services.sent).singleElement().satisfies(s -> {
            assertThat(s.nodeId()).isEqualTo(NODE_ID);
            assertThat(s.message().type()).isEqualTo(MessageTypes.CHANNEL_CLOSED);
            assertThat(s.message().text()).contains(id);
        });
    }
}
