package org.sallyport.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.document.SessionInputs;
import org.sallyport.api.session.EndCause;
import org.sallyport.api.session.SessionState;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.SessionNotice;

/** Idle time and longest duration: counted, warned of, ended. */
class TimeLimitsTest {
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
    void endsAnIdleSessionAndSaysWhy() {
        String id = idle(20);
        f.sweepAfter(1_199);
        assertRuns(id);
        f.sweepAfter(1);

        assertEnded(id, EndCause.IDLE, "The session ended because nothing was typed for 20 minutes.");
    }

    @Test
    void countsIdleTimeFromTheConnectionOn() {
        f.services.inputs = inputs(Optional.of(1), Optional.empty());
        String id = f.start().sessionId();
        f.attachNode(id);
        f.sweepAfter(50);
        f.engine.channels().attached(id, DataEnd.CLIENT);
        f.sweepAfter(59);
        assertRuns(id);
        f.sweepAfter(1);

        assertEnded(id, EndCause.IDLE, "The session ended because nothing was typed for 1 minute.");
    }

    @Test
    void countsIdleTimeFromWhatWasTypedLastThoughNobodyAskedMeanwhile() {
        String id = idle(20);
        f.pass(1_195);
        type(id);
        f.sweepAfter(5);
        assertRuns(id);
        f.sweepAfter(1_194);
        assertRuns(id);
        f.sweepAfter(1);

        assertThat(f.row(id).cause()).contains(EndCause.IDLE);
    }

    @Test
    void warnsOnceAMinuteBeforeAndAnewAfterTyping() {
        String id = idle(20);
        f.sweepAfter(1_139);
        assertThat(f.services.notices).isEmpty();
        f.sweepAfter(1);
        f.sweepAfter(1);
        f.restart(Duration.ofSeconds(3));
        f.connect(id);
        f.sweepAfter(1);
        assertThat(f.services.notices)
                .containsExactly(notice(
                        id,
                        SessionNotice.IDLE_SOON,
                        60,
                        "Nothing was typed for long. The session ends in 60 seconds unless something is typed."));

        type(id);
        f.pass(LimitWatch.TAKE_MILLIS / 1_000);
        f.engine.watch().takeAll();
        f.sweepAfter(30);
        assertRuns(id);
        f.sweepAfter(1_104);
        assertThat(f.services.notices).hasSize(1);
        f.sweepAfter(1);
        assertThat(f.services.notices).hasSize(2);
    }

    @Test
    void warnsAtHalfOfAShortLimit() {
        f.settings = Fixture.settings(
                new LimitSettings(Optional.of(Duration.ofSeconds(10)), Optional.empty(), Optional.empty()), 9, 9, 9);
        String id = f.connected().sessionId();
        f.sweepAfter(4);
        assertThat(f.services.notices).isEmpty();
        f.sweepAfter(2);
        assertThat(f.services.notices)
                .extracting(n -> n.notice().kind() + " " + n.notice().seconds())
                .containsExactly("IdleSoon 4");
        f.sweepAfter(4);

        assertEnded(id, EndCause.IDLE, "The session ended because nothing was typed for 10 seconds.");
    }

    @Test
    void warnsWhoComesBackShortlyBefore() {
        String id = idle(20);
        f.engine.channels().detached(id, DataEnd.CLIENT);
        f.settings = longWindow();
        f.sweepAfter(1_170);
        assertThat(f.services.notices).isEmpty();
        f.engine.channels().attached(id, DataEnd.CLIENT);
        f.sweepAfter(1);

        assertThat(f.services.notices)
                .extracting(n -> n.notice().kind() + " " + n.notice().seconds())
                .containsExactly("IdleSoon 29");
    }

    @Test
    void endsASessionAtItsLongestDurationWhateverIsTyped() {
        f.services.inputs = inputs(Optional.empty(), Optional.of(60));
        String id = f.connected().sessionId();
        f.sweepAfter(3_540);
        type(id);
        f.sweepAfter(59);
        assertThat(f.services.notices)
                .containsExactly(notice(
                        id,
                        SessionNotice.DURATION_SOON,
                        60,
                        "The session reaches its longest duration and ends in 60 seconds."));
        assertRuns(id);
        f.sweepAfter(1);

        assertEnded(
                id, EndCause.MAX_DURATION, "The session ended because it reached its longest duration of 60 minutes.");
    }

    @Test
    void takesTheOperatorsLimitWhereItIsShorter() {
        LimitSettings limits = new LimitSettings(
                Optional.of(Duration.ofSeconds(600)),
                Optional.of(Duration.ofSeconds(300)),
                Optional.of(Duration.ofSeconds(400)));

        assertThat(limits.begin(SessionInputs.NONE, 5)).isEqualTo(watch(300, 400));
        assertThat(limits.begin(inputs(Optional.of(1), Optional.of(1)), 5)).isEqualTo(watch(60, 60));
        assertThat(limits.begin(inputs(Optional.of(60), Optional.of(60)), 5)).isEqualTo(watch(300, 400));
        assertThat(Fixture.NO_LIMITS.begin(SessionInputs.NONE, 5).idle()).isEmpty();
    }

    @Test
    void endsNoSessionWithoutLimits() {
        String id = f.connected().sessionId();
        f.sweepAfter(1_000_000);

        assertRuns(id);
        assertThat(f.services.notices).isEmpty();
    }

    @Test
    void knowsAfterAKillWhatWasTypedUpToTheLastNote() {
        String id = idle(20);
        f.pass(600);
        type(id);
        f.pass(5);
        f.engine.watch().takeAll();
        f.engine.sweep().keepTime();
        f.killAndRestart(Duration.ofHours(3));
        f.connect(id);
        f.sweepAfter(1_194);
        assertRuns(id);
        f.sweepAfter(1);

        assertThat(f.row(id).cause()).contains(EndCause.IDLE);
    }

    @Test
    void endsNobodyForWhatWasForgottenInAKill() {
        String id = idle(20);
        f.sweepAfter(1_198);
        f.engine.sweep().keepTime();
        type(id);
        f.killAndRestart(Duration.ofSeconds(5));
        f.connect(id);
        f.sweepAfter(59);
        assertRuns(id);
        type(id);
        f.sweepAfter(5);
        assertRuns(id);
        f.sweepAfter(1_194);
        assertRuns(id);
        f.sweepAfter(1);

        assertThat(f.row(id).cause()).contains(EndCause.IDLE);
    }

    @Test
    void countsWhatIsTypedInTheNextLifeOfTheServer() {
        String id = idle(20);
        type(id);
        f.engine.watch().takeAll();
        f.restart(Duration.ofSeconds(1));
        f.connect(id);
        f.pass(1_190);
        type(id);
        f.sweepAfter(15);

        assertRuns(id);
    }

    private String idle(int minutes) {
        f.services.inputs = inputs(Optional.of(minutes), Optional.empty());
        return f.connected().sessionId();
    }

    private void type(String id) {
        f.services.typed.put(id, f.clock.millis());
    }

    private static SessionInputs inputs(Optional<Integer> idle, Optional<Integer> duration) {
        return new SessionInputs(idle.map(Duration::ofMinutes), duration.map(Duration::ofMinutes), false);
    }

    private static Settings longWindow() {
        return new Settings(Duration.ofDays(1), Duration.ofSeconds(30), Fixture.NO_LIMITS, 9, 9, 9, false);
    }

    private static Watch watch(long idleSeconds, long durationSeconds) {
        return Watch.begun(5, OptionalLong.of(idleSeconds * 1_000), OptionalLong.of(durationSeconds * 1_000));
    }

    private static FakeServices.Noticed notice(String id, String kind, long seconds, String text) {
        return new FakeServices.Noticed(id, new SessionNotice(kind, seconds, text));
    }

    private void assertRuns(String id) {
        assertThat(f.row(id).state()).isIn(SessionState.CONNECTED, SessionState.DISCONNECTED, SessionState.CONNECTING);
    }

    private void assertEnded(String id, EndCause cause, String text) {
        assertThat(f.row(id).state()).isEqualTo(SessionState.TERMINATED);
        assertThat(f.row(id).cause()).contains(cause);
        assertThat(f.services.ended).containsExactly(new FakeServices.Ended(id, text, true));
    }
}
