package org.sallyport.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sallyport.protocol.message.SessionNotice;
import org.sallyport.protocol.message.TerminalSize;

@Timeout(60)
class TakeOverTest {
    private static final TerminalSize SIZE = new TerminalSize(90, 30);
    private static final URI STREAM = URI.create("wss://server.example:8444/v1/data-channel/s-1");

    private final TestNode node = new TestNode();
    private final TestScreen firstScreen = new TestScreen();
    private final TestScreen secondScreen = new TestScreen();
    private final AtomicInteger taken = new AtomicInteger();
    private final ShellSession first =
            new ShellSession("s-1", new Client("one", Optional.empty(), () -> {}), node, firstScreen, SIZE, true);
    private final ShellSession second = new ShellSession(
            "s-1",
            new Client("two", Optional.of("one"), taken::incrementAndGet),
            node,
            secondScreen,
            new TerminalSize(120, 40),
            true);

    @AfterEach
    void stop() {
        firstScreen.go();
        first.close();
        second.close();
        node.close();
    }

    @Test
    void goesOnWhereTheOtherTerminalStopped() throws Exception {
        node.echoes = true;
        first.begin("token-0", STREAM);
        first.type(bytes("one "));
        await().until(() -> firstScreen.text().equals("one "));
        firstScreen.stop();
        first.type(bytes("two "));
        await().until(() -> node.keys().length == 8);

        second.begin("token-1", STREAM);
        second.type(bytes("three"));

        await().until(() -> secondScreen.text().equals("two three"));
        assertThat(new String(node.keys(), StandardCharsets.UTF_8)).isEqualTo("one two three");
        assertThat(node.openings.get(1).takesOver()).contains("one");
        assertThat(node.openings.get(1).clientId()).contains("two");
        await().untilAsserted(() -> assertThat(taken).hasValue(1));
    }

    @Test
    void hasTheProgramPaintAnewByTellingTwoSizes() {
        first.begin("token-0", STREAM);
        await().until(() -> node.sizes.contains(SIZE));

        second.begin("token-1", STREAM);

        await().until(() -> node.sizes.size() >= 4);
        assertThat(node.sizes).endsWith(new TerminalSize(120, 39), new TerminalSize(120, 40));
        assertThat(node.keys()).isEmpty();
    }

    @Test
    void tellsItsTrueSizeBeforeWhatIsTypedAtOnce() throws Exception {
        first.begin("token-0", STREAM);
        await().until(() -> node.sizes.contains(SIZE));
        second.begin("token-1", STREAM);
        await().until(() -> node.sizes.contains(new TerminalSize(120, 39)));

        second.type(bytes("stty size"));

        await().until(() -> node.keys().length > 0);
        assertThat(node.sizes).endsWith(new TerminalSize(120, 39), new TerminalSize(120, 40));
    }

    @Test
    void asksForTheStateAgainUntilItHasItAndThenNoMore() {
        first.begin("token-0", STREAM);
        await().until(() -> !node.openings.isEmpty());
        second.begin("token-1", STREAM);
        await().until(() -> taken.get() == 1);
        int before = node.openings.size();

        node.breakConnection();

        await().until(() -> node.openings.size() > before);
        assertThat(node.openings.get(before).takesOver()).isEmpty();
        assertThat(taken).hasValue(1);
    }

    @Test
    void theTerminalThatLosesTheSessionEndsAndDoesNotComeBack() throws Exception {
        CompletableFuture<Outcome> outcome = first.begin("token-0", STREAM);
        await().until(() -> !node.openings.isEmpty());

        node.notice(new SessionNotice(SessionNotice.TAKEN_OVER, 0, "It goes on in another terminal."));
        node.breakConnection();

        assertThat(outcome.get(5, TimeUnit.SECONDS))
                .isEqualTo(new Outcome(Outcome.How.MOVED, "It goes on in another terminal."));
        assertThat(node.resumed).isZero();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
