package org.sallyport.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.protocol.message.SessionNotice;
import org.sallyport.protocol.message.TerminalSize;

/** What a session does, and tells the person, when its connection or its node is away. */
@Timeout(60)
class LostConnectionTest extends SessionTestBase {
    @Test
    void losesAndDoublesNothingOverManyBrokenConnections() throws Exception {
        byte[] typed = pattern(60_000);
        byte[] printed = pattern(90_000);
        CompletableFuture<Outcome> outcome = begin();
        CompletableFuture<Void> keyboard = inBackground(() -> session.type(typed));
        await().until(() -> !node.openings.isEmpty());

        int breaks = 0;
        for (int from = 0; from < printed.length; from += 1_000) {
            node.print(Arrays.copyOfRange(printed, from, from + 1_000));
            if (from % 15_000 == 0) {
                int before = node.openings.size();
                node.breakConnection();
                await().until(() -> node.openings.size() > before);
                breaks++;
            }
        }
        await().atMost(40, TimeUnit.SECONDS)
                .until(() -> screen.bytes().length >= printed.length && node.keys().length >= typed.length);
        node.closeSession("");

        assertThat(outcome.get(5, TimeUnit.SECONDS).how()).isEqualTo(Outcome.How.ENDED);
        keyboard.get(5, TimeUnit.SECONDS);
        assertThat(screen.bytes()).isEqualTo(printed);
        assertThat(node.keys()).isEqualTo(typed);
        assertThat(breaks).isEqualTo(6);
        assertThat(node.clientIds())
                .hasSizeGreaterThan(6)
                .containsOnly(node.clientIds().get(0));
        assertThat(node.openings.get(1).tokenValue()).isEqualTo("token-1");
    }

    @Test
    void takesWhatIsTypedWhileThereIsNoConnection() throws Exception {
        node.dials.add(listener -> listener.closed(1006, "connection refused"));
        node.resumes.add(answer -> answer.away("restarting"));
        session.begin("token-0", STREAM);

        for (int i = 0; i < 500; i++) {
            session.type(bytes("k"));
        }

        await().until(() -> node.keys().length == 500);
        assertThat(node.sizes).containsExactly(SIZE);
        assertThat(screen.notices).isEmpty();
    }

    @Test
    void tellsThatTheServerIsAwayAndWhenItIsBack() throws Exception {
        begin();
        for (int i = 0; i < 8; i++) {
            node.resumes.add(answer -> answer.away("no route to host"));
        }
        node.breakConnection();

        await().until(() -> screen.status.contains("no connection to the server since"));
        await().until(() -> screen.status.contains("next try in"));
        await().until(() -> screen.status.contains("Enter ~. leaves") && screen.status.contains("no route to host"));
        node.resumes.clear();

        await().until(() -> screen.status.isEmpty());
        assertThat(screen.changes).hasSize(1);
        assertThat(screen.news).containsExactly("the session goes on");
        assertThat(screen.notices).isEmpty();
    }

    @Test
    void asksForNoticesAndTellsThatTheNodeIsAwayAndBack() throws Exception {
        begin();
        assertThat(node.openings.get(0).notices()).isTrue();

        node.notice(new SessionNotice(SessionNotice.NODE_AWAY, 30, "The node's connection is lost."));
        await().until(
                        () -> screen.status.matches(
                                "the node is away since [0-9:]{8}; the session ends in (30|29) s; Enter ~. leaves; The node's connection is lost\\."));
        node.notice(new SessionNotice(SessionNotice.NODE_BACK, 0, "The node is back."));

        await().until(() -> screen.status.isEmpty());
    }

    @Test
    void warnsOnceOfEachKindAndOfRestAgainAfterSomethingWasTyped() throws Exception {
        begin();
        SessionNotice idle = new SessionNotice(SessionNotice.IDLE_SOON, 60, "Nothing was typed for long.");
        node.notice(idle);
        node.notice(new SessionNotice(SessionNotice.DURATION_SOON, 60, "One minute is left."));
        node.notice(idle);
        node.notice(new SessionNotice("Other", 0, "Something else."));
        await().until(() -> screen.notices.size() == 3);

        session.type(bytes("x"));
        await().until(() -> node.keys().length == 1);
        node.notice(idle);
        node.notice(new SessionNotice(SessionNotice.DURATION_SOON, 30, "Half a minute is left."));

        await().until(() -> screen.notices.size() == 4);
        node.print(bytes("after"));
        await().until(() -> screen.text().equals("after"));
        assertThat(screen.notices)
                .containsExactly(
                        "Nothing was typed for long.",
                        "One minute is left.",
                        "Something else.",
                        "Nothing was typed for long.");
    }

    @Test
    void showsAWarningAsStatusWhereThereIsNoPlaceForItAndHasTheProgramPaintAnew() throws Exception {
        AtomicLong skipped = new AtomicLong();
        session = new ShellSession("s-1", Client.first(), node, screen, SIZE, clocks(skipped, skipped));
        screen.placeForNotices = false;
        screen.paintsAnew = true;
        begin();
        node.notice(new SessionNotice(SessionNotice.IDLE_SOON, 60, "Nothing was typed for long."));
        await().until(() -> screen.status.equals("Nothing was typed for long."));

        skipped.addAndGet(60_000);

        await().until(() -> screen.status.isEmpty());
        await().until(() -> node.sizes.size() == 3);
        assertThat(node.sizes).containsExactly(SIZE, new TerminalSize(90, 29), SIZE);
    }

    @Test
    void asksTheServerWhenNothingThatWasTypedIsAcknowledgedAndTellsWhenTheNodeStaysDeaf() throws Exception {
        AtomicLong skipped = new AtomicLong();
        session = new ShellSession("s-1", Client.first(), node, screen, SIZE, clocks(skipped, skipped));
        begin();
        await().until(() -> node.sizes.size() == 1);
        node.acknowledges = false;
        session.type(bytes("x"));
        TestChannel channel = node.channels.get(0);

        await().until(() -> {
            skipped.addAndGet(1_000);
            return !channel.probes.isEmpty();
        });
        await().until(() -> {
            skipped.addAndGet(1_000);
            return screen.status.contains("the node has not taken what was typed");
        });
        node.acknowledges = true;

        await().until(() -> screen.status.isEmpty());
        assertThat(new String(node.keys(), StandardCharsets.UTF_8)).isEqualTo("x");
    }

    @Test
    void asksTheServerAfterASleepThoughNothingWasTyped() throws Exception {
        AtomicLong slept = new AtomicLong();
        session = new ShellSession("s-1", Client.first(), node, screen, SIZE, clocks(new AtomicLong(), slept));
        begin();
        TestChannel channel = node.channels.get(0);

        slept.addAndGet(3_600_000);

        await().until(() -> channel.probes.size() == 1);
    }

    @Test
    void aPersonIsNotGivenUpOnWhileAPipeIsAfterAQuarterOfAnHour() throws Exception {
        AtomicLong skipped = new AtomicLong();
        SessionSettings person = SessionSettings.forPerson();
        session = new ShellSession("s-1", Client.first(), node, screen, SIZE, clocks(skipped, skipped));
        assertThat(person.giveUp()).hasHours(24);
        assertThat(person.stream().resendLimit()).isZero();
        CompletableFuture<Outcome> outcome = begin();
        for (int i = 0; i < 1_000; i++) {
            node.resumes.add(answer -> answer.away("restarting"));
        }
        node.breakConnection();
        await().until(() -> node.resumed > 0);

        skipped.addAndGet(Duration.ofMinutes(16).toMillis());

        Outcome end = outcome.get(20, TimeUnit.SECONDS);
        assertThat(end.how()).isEqualTo(Outcome.How.LOST);
        assertThat(end.text()).contains("No connection for 15 minutes").contains("restarting");
    }

    @Test
    void isClosedWhenTheSessionEndedWhileThereWasNoConnection() throws Exception {
        CompletableFuture<Outcome> outcome = begin();
        node.resumes.add(answer -> answer.over("CLIENT_LOST: away for 15 min"));

        node.breakConnection();

        Outcome end = outcome.get(5, TimeUnit.SECONDS);
        assertThat(end.how()).isEqualTo(Outcome.How.CLOSED);
        assertThat(end.text()).endsWith("CLIENT_LOST: away for 15 min");
    }

    @Test
    void isLostWhenTheServerRefusesToGoOn() throws Exception {
        CompletableFuture<Outcome> outcome = begin();
        node.resumes.add(answer -> answer.refused("AccessDeniedException: not yours"));

        node.breakConnection();

        Outcome end = outcome.get(5, TimeUnit.SECONDS);
        assertThat(end.how()).isEqualTo(Outcome.How.LOST);
        assertThat(end.text()).contains("AccessDeniedException: not yours");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connecting", "resuming", "waiting"})
    void leavesInEachStateOfTheConnection(String state) throws Exception {
        if (state.equals("connecting")) {
            node.dials.add(listener -> {});
        } else if (state.equals("resuming")) {
            node.dials.add(listener -> listener.closed(1006, "connection refused"));
            node.resumes.add(answer -> {});
        } else {
            node.dials.add(listener -> listener.closed(1006, "connection refused"));
            for (int i = 0; i < 1_000; i++) {
                node.resumes.add(answer -> answer.away("restarting"));
            }
        }
        CompletableFuture<Outcome> outcome = session.begin("token-0", STREAM);
        await().until(() -> screen.status.contains("Enter ~. leaves"));

        session.leave();
        session.close();

        assertThat(outcome.get(1, TimeUnit.SECONDS).how()).isEqualTo(Outcome.How.LEFT);
        assertThat(screen.ended).isTrue();
    }
}
