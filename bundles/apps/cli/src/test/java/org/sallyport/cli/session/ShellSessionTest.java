package org.sallyport.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.channel.websocket.WebSocketListener;
import org.sallyport.protocol.handshake.AgentHandshake;
import org.sallyport.protocol.handshake.HandshakeComplete;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.PayloadType;
import org.sallyport.protocol.message.TerminalSize;

/** What a session shows, sends and ends with while its connection holds. */
@Timeout(60)
class ShellSessionTest extends SessionTestBase {
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
}
