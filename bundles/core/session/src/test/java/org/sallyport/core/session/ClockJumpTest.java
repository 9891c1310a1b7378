package org.sallyport.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.session.Fixture.assertCode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.api.document.SessionInputs;
import org.sallyport.api.session.EndCause;
import org.sallyport.api.session.SessionError;
import org.sallyport.api.session.SessionState;
import org.sallyport.api.session.Sessions.Started;
import org.sallyport.kernel.session.DataEnd;

/** The system clock is set by a day while sessions run: nothing ends earlier or later for it. */
class ClockJumpTest {
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

    @ParameterizedTest
    @ValueSource(longs = {1, -1})
    void endsNothingEarlyAndNothingLate(long days) {
        f.services.inputs =
                new SessionInputs(Optional.of(Duration.ofMinutes(20)), Optional.of(Duration.ofMinutes(30)), false);
        String idle = f.connected().sessionId();
        String typing = f.connected().sessionId();
        f.pass(600);
        String silent = f.start().sessionId();
        f.jump(Duration.ofDays(days));

        f.sweepAfter(9);
        assertThat(f.row(silent).state()).isEqualTo(SessionState.CONNECTING);
        f.sweepAfter(1);
        assertThat(f.row(silent).cause()).contains(EndCause.NODE_SILENT);
        assertThat(f.row(idle).state()).isEqualTo(SessionState.CONNECTED);

        f.sweepAfter(580);
        type(typing);
        f.sweepAfter(10);
        assertThat(f.row(idle).cause()).contains(EndCause.IDLE);
        assertThat(f.row(typing).state()).isEqualTo(SessionState.CONNECTED);
        f.sweepAfter(600);
        assertThat(f.row(typing).cause()).contains(EndCause.MAX_DURATION);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -1})
    void keepsIdleTimeWhenTheClockJumpsRightAfterTyping(long days) {
        f.services.inputs = new SessionInputs(Optional.of(Duration.ofMinutes(20)), Optional.empty(), false);
        String id = f.connected().sessionId();
        f.pass(1_195);
        type(id);
        f.jump(Duration.ofDays(days));
        f.sweepAfter(5);
        assertThat(f.row(id).state()).isEqualTo(SessionState.CONNECTED);
        f.sweepAfter(1_160);
        assertThat(f.row(id).state()).isEqualTo(SessionState.CONNECTED);
        f.sweepAfter(40);

        assertThat(f.row(id).cause()).contains(EndCause.IDLE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -1})
    void keepsTheWindowsOfEndsThatAreAway(long days) {
        String node = f.connected().sessionId();
        String client = f.connected().sessionId();
        f.engine.channels().detached(node, DataEnd.NODE);
        f.engine.channels().detached(client, DataEnd.CLIENT);
        f.jump(Duration.ofDays(days));

        f.sweepAfter(29);
        assertThat(f.row(node).state()).isEqualTo(SessionState.DISCONNECTED);
        f.sweepAfter(1);
        assertThat(f.row(node).cause()).contains(EndCause.NODE_LOST);
        f.sweepAfter(869);
        assertThat(f.row(client).state()).isEqualTo(SessionState.DISCONNECTED);
        f.sweepAfter(1);
        assertThat(f.row(client).cause()).contains(EndCause.CLIENT_LOST);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -1})
    void keepsTheDeadlineOfSessionsThatFinish(long days) {
        String id = f.connected().sessionId();
        f.engine.channels().clientFinished(id);
        f.jump(Duration.ofDays(days));

        f.sweepAfter(4);
        assertThat(f.row(id).state()).isEqualTo(SessionState.TERMINATING);
        f.sweepAfter(1);
        assertThat(f.row(id).state()).isEqualTo(SessionState.TERMINATED);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -1})
    void keepsTheMinuteOfTokens(long days) {
        Started first = f.start();
        Started second = f.start();
        f.jump(Duration.ofDays(days));
        f.pass(59);
        f.openClient(first.sessionId(), first.token().orElseThrow(), "c1");
        f.pass(1);

        assertCode(
                () -> f.openClient(second.sessionId(), second.token().orElseThrow(), "c1"), SessionError.TOKEN_REFUSED);
    }

    @Test
    void showsTheTimesOfTheSystemClock() {
        f.jump(Duration.ofDays(1));
        String id = f.start().sessionId();
        f.engine.ownership().terminate(Fixture.ANN, id);

        assertThat(f.row(id).info().started()).isEqualTo(f.clock.instant());
        assertThat(f.row(id).info().ended()).contains(f.clock.instant());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -1})
    void endsNothingWhenTheClockWasSetWhileTheServerWasDown(long days) {
        f.services.inputs =
                new SessionInputs(Optional.of(Duration.ofMinutes(20)), Optional.of(Duration.ofMinutes(30)), false);
        String id = f.connected().sessionId();
        f.restart(Duration.ofDays(days));
        f.sweepAfter(29);
        assertThat(f.row(id).state()).isEqualTo(SessionState.DISCONNECTED);
        f.sweepAfter(1);

        assertThat(f.row(id).cause()).contains(EndCause.NODE_LOST);
    }

    private void type(String id) {
        f.services.typed.put(id, f.clock.millis());
    }
}
