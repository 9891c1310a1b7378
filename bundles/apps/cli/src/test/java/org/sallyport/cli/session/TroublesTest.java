package org.sallyport.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TroublesTest {
    /** 14:03:22 at the steady clock's zero. */
    private static final long WALL =
            Duration.ofHours(14).plusMinutes(3).plusSeconds(22).toMillis();

    private final Troubles troubles = new Troubles(ZoneOffset.UTC);

    @Test
    void isSilentWhileNothingIsWrongAndAboutWhatIsOverSoon() {
        assertThat(troubles.line(0)).isEmpty();
        lost("reset", 100, 0);

        assertThat(troubles.line(999)).isEmpty();
        troubles.linkBack(1_000);
        assertThat(troubles.line(5_000)).isEmpty();
    }

    @Test
    void countsDownToTheNextTryAndKeepsSinceWhen() {
        lost("reset", 3_000, 0);
        assertThat(text(1_000))
                .isEqualTo("no connection to the server since 14:03:22; next try in 2 s; Enter ~. leaves; reset");
        assertThat(text(2_001)).contains("next try in 1 s");

        troubles.trying();
        assertThat(text(3_000)).contains("trying now");
        lost("refused", 9_000, 4_000);

        assertThat(text(4_000)).contains("since 14:03:22; next try in 5 s").endsWith("refused");
    }

    @Test
    void isTheSameTroubleWhileOnlySecondsCount() {
        lost("reset", 3_000, 0);
        String change = troubles.line(1_000).orElseThrow().change();
        lost("refused", 9_000, 4_000);
        assertThat(troubles.line(5_000).orElseThrow().change()).isEqualTo(change);

        troubles.linkBack(30_000);
        lost("reset", 99_000, 60_000);

        assertThat(troubles.line(62_000).orElseThrow().change()).isNotEqualTo(change);
    }

    @Test
    void countsDownToTheEndOfASessionWhoseNodeIsAway() {
        troubles.nodeAway("Lost it.", 30, 0, WALL);
        assertThat(text(0))
                .isEqualTo("the node is away since 14:03:22; the session ends in 30 s; Enter ~. leaves; Lost it.");
        assertThat(text(29_500)).contains("ends in 1 s");
        troubles.nodeAway("Lost it.", 7_200, 0, WALL);
        assertThat(text(0)).contains("ends in 2 h");
        troubles.nodeAway("Lost it.", 0, 0, WALL);
        assertThat(text(0)).doesNotContain("ends in");

        troubles.nodeBack(1);
        assertThat(troubles.line(1)).isEmpty();
    }

    @Test
    void tellsOfTheServerFirstAndForgetsTheNodeWithTheConnection() {
        troubles.nodeAway("Lost it.", 30, 0, WALL);
        lost("reset", 100, 0);
        assertThat(text(2_000)).contains("server");

        troubles.linkBack(3_000);

        assertThat(troubles.line(3_000)).isEmpty();
    }

    @Test
    void tellsWhenTheNodeTakesNothing() {
        troubles.typed(OptionalLong.of(0), 9_999, WALL + 9_999);
        assertThat(troubles.line(9_999)).isEmpty();

        troubles.typed(OptionalLong.of(0), 10_000, WALL + 10_000);
        assertThat(text(10_000)).isEqualTo("the node has not taken what was typed since 14:03:22; Enter ~. leaves");

        troubles.typed(OptionalLong.of(9_000), 11_000, WALL + 11_000);
        assertThat(troubles.line(11_000)).isEmpty();
    }

    @Test
    void givesTheNodeItsTimeAfterAnotherTrouble() {
        lost("reset", 100, 1_000);
        troubles.linkBack(60_000);

        troubles.typed(OptionalLong.of(0), 69_999, WALL + 69_999);
        assertThat(troubles.line(69_999)).isEmpty();
        troubles.typed(OptionalLong.of(0), 70_000, WALL + 70_000);
        assertThat(text(70_000)).contains("since 14:04:22");
    }

    @Test
    void cutsACauseWithoutEnd() {
        lost("x".repeat(100_000), 100, 0);

        assertThat(text(2_000)).hasSizeLessThan(500);
    }

    private void lost(String cause, long nextTry, long now) {
        troubles.linkLost(cause, OptionalLong.of(nextTry), now, WALL + now);
    }

    private String text(long now) {
        return troubles.line(now).orElseThrow().text();
    }
}
