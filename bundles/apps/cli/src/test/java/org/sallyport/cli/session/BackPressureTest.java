package org.sallyport.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sallyport.protocol.stream.StreamSettings;
import org.sallyport.protocol.stream.StreamSettings.Duplicates;

/** Who waits for whom when screen, socket or node take nothing. */
@Timeout(60)
class BackPressureTest extends SessionTestBase {
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
}
