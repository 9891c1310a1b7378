package org.sallyport.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sallyport.core.relay.Inference.Known;

class InferenceTest {
    private static final UUID ID = new UUID(1, 2);

    private final Inference inference = new Inference(false);

    private static List<Long> numbers(List<Known> known) {
        return known.stream().map(Known::sequence).toList();
    }

    private void sent(long... numbers) {
        for (long n : numbers) {
            inference.sent(n, ID, false, true);
        }
    }

    @Test
    void nothingFollowsForMessagesOfThisConnection() {
        inference.connected();
        sent(0, 1, 2, 0);

        inference.acknowledged(2);

        assertThat(inference.followsFrom(2)).isEmpty();
        assertThat(inference.watching()).isFalse();
    }

    @Test
    void whoAcknowledgesALaterMessageHasTheOnesBefore() {
        sent(0, 1, 2);
        inference.connected();
        sent(0, 1, 2, 3);

        inference.acknowledged(2);
        assertThat(numbers(inference.followsFrom(2))).containsExactly(0L, 1L);
        assertThat(inference.watching()).isFalse();
    }

    @Test
    void aMessageThatWasSentBeforeTheRepeatProvesNothing() {
        sent(0, 1);
        inference.connected();
        sent(5, 0);

        inference.acknowledged(5);

        assertThat(inference.followsFrom(5)).isEmpty();
        sent(6);
        inference.acknowledged(6);
        assertThat(numbers(inference.followsFrom(6))).containsExactly(0L);
    }

    @Test
    void whoAnsweredAPingHasWhatWasSentBeforeIt() {
        sent(0, 1);
        inference.connected();
        sent(0);
        long ping = inference.place();
        sent(1);

        assertThat(numbers(inference.readUpTo(ping))).containsExactly(0L);
        assertThat(inference.watching()).isTrue();
    }

    @Test
    void aClientThatWasNotReadyMayHaveDroppedIt() {
        inference.sent(0, ID, false, true);
        inference.connected();
        inference.sent(0, ID, false, false);

        assertThat(inference.watching()).isFalse();
        inference.sent(0, ID, false, true);
        assertThat(inference.watching()).isTrue();
    }

    @Test
    void afterARestartARepeatAndWhatComesFromTheJournalMayBeKnown() {
        Inference restarted = new Inference(true);
        restarted.connected();

        restarted.sent(0, ID, true, true);
        restarted.sent(7, ID, false, true);
        assertThat(numbers(restarted.readUpTo(restarted.place()))).containsExactly(0L);
        restarted.sent(7, ID, false, true);

        assertThat(numbers(restarted.readUpTo(restarted.place()))).containsExactly(7L);
    }

    @Test
    void whatIsWatchedIsBounded() {
        for (long n = 0; n < 3L * Inference.MAX; n++) {
            sent(n);
        }
        inference.connected();
        for (long n = 0; n < 3L * Inference.MAX; n++) {
            sent(n);
        }

        assertThat(inference.crowded()).isTrue();
        assertThat(inference.readUpTo(Long.MAX_VALUE)).hasSize(Inference.MAX);
    }
}
