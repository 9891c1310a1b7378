package org.sallyport.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.channel.websocket.WebSocketListener;
import org.sallyport.protocol.handshake.AgentHandshake;
import org.sallyport.protocol.handshake.HandshakeComplete;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.PayloadType;
import org.sallyport.protocol.message.SessionNotice;
import org.sallyport.protocol.message.TerminalSize;
import org.sallyport.protocol.stream.StreamSettings;
import org.sallyport.protocol.stream.StreamSettings.Duplicates;

@Timeout(60)
class ShellSessionTest {
    private static final TerminalSize SIZE = new TerminalSize(90, 30);
    private static final URI STREAM = URI.create("wss://server.example:8444/v1/data-channel/s-1");

    private final TestNode node = new TestNode();
    private final TestScreen screen = new TestScreen();
    private ShellSession session = new ShellSession("s-1", Client.first(), node, screen, SIZE, true);

    @AfterEach
    void stop() {
        screen.go();
        session.close();
        node.close();
    }

    @Test
    void opensWithTheTokenTellsTheSizeFirstAndShowsWhatComes() throws Exception {
        node.echoes = true;
        begin();

        session.type(bytes("ls -l\r"));

        await().until(() -> screen.text().equals("ls -l\r"));
        assertThat(node.sizes).containsExactly(SIZE);
        assertThat(node.openings).singleElement().satisfies(opening -> {
            assertThat(opening.tokenValue()).isEqualTo("token-0");
            assertThat(opening.clientId()).isPresent();
        });
        assertThat(screen.notices).isEmpty();
    }

    @Test
    void tellsASizeOnlyWhenItChanged() throws Exception {
        begin();

        session.resize(SIZE);
        session.resize(new TerminalSize(100, 40));
        session.resize(new TerminalSize(100, 40));
        session.type(bytes("x"));

        await().until(() -> node.keys().length == 1);
        assertThat(node.sizes).containsExactly(SIZE, new TerminalSize(100, 40));
    }

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
    void resendsNoFasterThanTheNewConnectionTakesAndKeepsTheOrder() throws Exception {
        begin();
        await().until(() -> node.sizes.size() == 1);
        node.acknowledges = false;
        byte[] typed = pattern(40 * 1024);
        session.type(typed);
        node.roomy = false;
        node.breakConnection();
        await().until(() -> node.channels.size() == 2);
        node.acknowledges = true;
        TestChannel second = node.channels.get(1);

        await().during(300, TimeUnit.MILLISECONDS).until(() -> second.sent.get() <= 2);
        session.type(bytes("!"));
        second.writable();

        await().until(() -> node.keys().length == typed.length + 1);
        assertThat(Arrays.copyOf(node.keys(), typed.length)).isEqualTo(typed);
    }

    @Test
    void endsQuietlyWhenTheServerClosesWithoutText() throws Exception {
        CompletableFuture<Outcome> outcome = begin();
        node.print(bytes("bye"));

        node.closeSession("");

        assertThat(outcome.get(5, TimeUnit.SECONDS)).isEqualTo(new Outcome(Outcome.How.ENDED, ""));
        assertThat(screen.text()).isEqualTo("bye");
    }

    @Test
    void passesOnWhyTheServerClosed() throws Exception {
        CompletableFuture<Outcome> outcome = begin();

        node.closeSession("ended by alice");

        assertThat(outcome.get(5, TimeUnit.SECONDS)).isEqualTo(new Outcome(Outcome.How.CLOSED, "ended by alice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "no JSON"})
    void isOverWhateverTheCloseSays(String payload) throws Exception {
        CompletableFuture<Outcome> outcome = begin();

        node.raw(frame(MessageTypes.CHANNEL_CLOSED, 0, PayloadType.NONE, bytes(payload)));

        assertThat(outcome.get(5, TimeUnit.SECONDS).how()).isEqualTo(Outcome.How.ENDED);
    }

    @Test
    void showsOutputInItsOrderHoweverItComes() throws Exception {
        begin();

        node.raw(output(2, "c"));
        node.raw(output(1, "b"));
        node.raw(output(0, "a"));
        node.raw(output(1, "b"));

        await().until(() -> node.acknowledged.size() == 4);
        assertThat(screen.text()).isEqualTo("abc");
        assertThat(node.acknowledged).containsExactly(2L, 1L, 0L, 1L);
    }

    @Test
    void leavesOutWhatItDoesNotUnderstandAndSaysSoOnce() throws Exception {
        begin();
        byte[] wrongDigest = output(0, "evil");
        wrongDigest[wrongDigest.length - 1] ^= 1;

        node.raw(new byte[5]);
        node.raw(wrongDigest);
        node.raw(new byte[0]);
        node.raw(output(0, "good"));

        await().until(() -> screen.text().equals("good"));
        assertThat(node.acknowledged).containsExactly(0L);
        assertThat(screen.notices).singleElement().asString().contains("not understood");
    }

    @Test
    void shakesHandsShowsTheMessageAndTellsTheSizeAgain() throws Exception {
        AgentHandshake agent = new AgentHandshake("3.3.0.0", "NonInteractiveCommands", Map.of());
        begin();

        node.print(PayloadType.HANDSHAKE_REQUEST, agent.start(1_000).toJson());
        await().until(() -> node.handshakeResponses.size() == 1);
        HandshakeComplete complete = agent.response(node.handshakeResponses.get(0), 1_500);
        node.print(
                PayloadType.HANDSHAKE_COMPLETE,
                new HandshakeComplete(complete.timeToComplete(), "Mind the gap.").toJson());
        node.print(PayloadType.STDERR, bytes("oops"));

        await().until(() -> screen.errorText().equals("oops"));
        assertThat(agent.clientVersion()).contains(Conversation.CLIENT_VERSION);
        assertThat(screen.notices).containsExactly("Mind the gap.");
        await().until(() -> node.sizes.size() == 2);
    }

    @Test
    void givesUpOnASessionTypeThatItCannotRun() throws Exception {
        AgentHandshake agent = new AgentHandshake("3.3.0.0", "Port", Map.of());
        CompletableFuture<Outcome> outcome = begin();

        node.print(PayloadType.HANDSHAKE_REQUEST, agent.start(1_000).toJson());
        node.print(PayloadType.HANDSHAKE_COMPLETE, bytes("{\"HandshakeTimeToComplete\":1,\"CustomerMessage\":\"\"}"));

        Outcome end = outcome.get(5, TimeUnit.SECONDS);
        assertThat(end.how()).isEqualTo(Outcome.How.LOST);
        assertThat(end.text()).contains("cannot run");
    }

    @Test
    void stopsReadingWhileTheScreenIsStopped() throws Exception {
        begin();
        screen.stop();
        byte[] block = pattern(16 * 1024);

        for (int i = 0; i < 64; i++) {
            node.print(block);
        }
        await().until(() -> node.channels.get(0).pauses.get() == 1);
        assertThat(node.acknowledged).isEmpty();
        screen.go();

        await().until(() -> screen.bytes().length == 64 * block.length);
    }

    @Test
    void readsFromANewConnectionThoughTheLastOnePaused() throws Exception {
        begin();
        screen.stop();
        byte[] block = pattern(16 * 1024);
        for (int i = 0; i < 64; i++) {
            node.print(block);
        }
        await().until(() -> node.channels.get(0).pauses.get() == 1);

        node.breakConnection();
        screen.go();

        await().until(() -> screen.bytes().length == 64 * block.length && node.channels.size() > 1);
    }

    @Test
    void letsTheKeyboardWaitWhileTheNodeTakesNothingAndLosesNoKey() throws Exception {
        StreamSettings small = new StreamSettings(4, 4_096, 10, 10_000, 0, Duplicates.ACKNOWLEDGE);
        session = new ShellSession("s-1", Client.first(), node, screen, SIZE, settings(small));
        node.acknowledges = false;
        begin();
        byte[] typed = pattern(100 * 1024);
        AtomicBoolean done = new AtomicBoolean();

        CompletableFuture<Void> keyboard = inBackground(() -> {
            session.type(typed);
            done.set(true);
        });
        await().during(300, TimeUnit.MILLISECONDS).until(() -> !done.get());
        node.acknowledges = true;

        keyboard.get(20, TimeUnit.SECONDS);
        await().until(() -> node.keys().length == typed.length);
        assertThat(node.keys()).isEqualTo(typed);
    }

    @Test
    void waitsForTheSocketToTakeMore() throws Exception {
        begin();
        await().until(() -> node.sizes.size() == 1);
        TestChannel channel = node.channels.get(0);
        channel.roomy = false;

        session.type(pattern(10 * 1024));
        await().during(300, TimeUnit.MILLISECONDS).until(() -> node.keys().length <= 1_024);
        channel.writable();

        await().until(() -> node.keys().length == 10 * 1024);
    }

    @Test
    void isLostWhenTheNodeNeverTakesWhatIsTyped() throws Exception {
        StreamSettings impatient = new StreamSettings(10, 10_000, 10, 10_000, 2, Duplicates.ACKNOWLEDGE);
        session = new ShellSession("s-1", Client.first(), node, screen, SIZE, settings(impatient));
        node.acknowledges = false;

        assertThat(begin().get(10, TimeUnit.SECONDS).how()).isEqualTo(Outcome.How.LOST);
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

    @Test
    void isLostWhenTheOutputCannotBeWritten() throws Exception {
        CompletableFuture<Outcome> outcome = begin();
        screen.breakWith(new IOException("Broken pipe"));

        node.print(bytes("x"));

        assertThat(outcome.get(5, TimeUnit.SECONDS).text()).contains("Broken pipe");
    }

    @Test
    void isLostRatherThanSilentWhenTheAddressIsNoChannel() throws Exception {
        Dialer strict = new Dialer() {
            @Override
            public void dial(URI streamUrl, WebSocketListener listener) {
                throw new IllegalArgumentException("Not a wss:// address: " + streamUrl);
            }

            @Override
            public void resume(String sessionId, Answer answer) {
                throw new AssertionError("there is nothing to resume");
            }
        };
        session = new ShellSession("s-1", Client.first(), strict, screen, SIZE, true);

        assertThat(session.begin("token-0", URI.create("http://x"))
                        .get(5, TimeUnit.SECONDS)
                        .text())
                .contains("Not a wss:// address");
    }

    @Test
    void leavesAtOnceThoughTheScreenIsStopped() throws Exception {
        CompletableFuture<Outcome> outcome = begin();
        screen.stop();
        node.print(bytes("x"));

        session.leave();

        assertThat(outcome.get(1, TimeUnit.SECONDS).how()).isEqualTo(Outcome.How.LEFT);
        session.close();
        await().until(() -> node.channels.get(0).closeCode == 1000);
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

    private static SessionSettings settings(StreamSettings stream) {
        return new SessionSettings(stream, SessionSettings.UNATTENDED, TestNode::now, System::currentTimeMillis);
    }

    /** Of a pipe, by clocks that can be put forward. */
    private static SessionSettings clocks(AtomicLong steady, AtomicLong wall) {
        return new SessionSettings(
                StreamSettings.forClient(),
                SessionSettings.UNATTENDED,
                () -> TestNode.now() + steady.get(),
                () -> System.currentTimeMillis() + wall.get());
    }

    /** Begins, and waits for the connection. */
    private CompletableFuture<Outcome> begin() {
        CompletableFuture<Outcome> outcome = session.begin("token-0", STREAM);
        await().until(() -> !node.openings.isEmpty());
        return outcome;
    }

    private static byte[] output(long sequence, String text) {
        return frame(MessageTypes.OUTPUT_STREAM_DATA, sequence, PayloadType.OUTPUT, bytes(text));
    }

    private static byte[] frame(String type, long sequence, int payloadType, byte[] payload) {
        return new AgentMessage(type, 1, 1_000, sequence, 0, UUID.randomUUID(), payloadType, payload).encode();
    }

    private static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        return bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static CompletableFuture<Void> inBackground(Interruptible work) {
        return CompletableFuture.runAsync(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private interface Interruptible {
        void run() throws InterruptedException;
    }
}
