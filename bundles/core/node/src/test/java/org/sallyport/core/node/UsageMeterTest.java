package org.sallyport.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.kernel.store.Sql;
import org.sallyport.test.contract.Race;

@Tag("store")
class UsageMeterTest {
    private static final long NOON = Duration.ofDays(21_915).plusHours(12).toMillis();
    private static final long MINUTE = 60_000;

    private final World world = new World();
    private final UsageMeter meter = new UsageMeter(world.store);
    private final String id = world.node();

    private record Usage(long day, String node, String tier, long millis) {}

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theFirstTurnOnlySaysFromWhenOn() {
        count(NOON);

        assertThat(usage()).isEmpty();
    }

    @Test
    void timeIsCountedOnceWhoeverCounts() {
        count(NOON);
        count(NOON + MINUTE);
        count(NOON + MINUTE);
        new UsageMeter(world.store).count(NOON + 2 * MINUTE, id::equals);
        count(NOON + MINUTE + 1);

        assertThat(total()).isEqualTo(2 * MINUTE);
    }

    @Test
    void nodesThatAreNotConnectedAreNotCounted() {
        world.node();

        count(NOON);
        count(NOON + MINUTE);

        assertThat(usage()).containsExactly(new Usage(21_915, id, "standard", MINUTE));
    }

    @Test
    void timeThatNobodyCountedIsNotMadeUp() {
        count(NOON);
        count(NOON + UsageMeter.LONGEST.toMillis() + 1);
        count(NOON + UsageMeter.LONGEST.toMillis() + 1 + MINUTE);

        assertThat(total()).isEqualTo(MINUTE);
    }

    @Test
    void midnightBelongsToTheDayAfter() {
        long midnight = NOON + Duration.ofHours(12).toMillis();
        count(midnight - MINUTE);
        count(midnight + 2 * MINUTE);

        assertThat(usage())
                .containsExactly(
                        new Usage(21_915, id, "standard", MINUTE), new Usage(21_916, id, "standard", 2 * MINUTE));
    }

    @Test
    void tierAndTagsAreThoseOfTheTime() {
        count(NOON);
        count(NOON + MINUTE);
        world.settings(world.store).update(World.ALICE, "/ssm/managed-instance/activation-tier", "advanced");
        count(NOON + 2 * MINUTE);
        new NodeTagging(world.decisions, world.store, new TagsHeard())
                .add(World.ALICE, "ManagedInstance", id, Map.of("team", "red"));
        count(NOON + 3 * MINUTE);

        assertThat(usage()).extracting(Usage::tier).containsExactly("advanced", "advanced", "standard");
        assertThat(teams()).containsExactly("blue", "red");
    }

    @Test
    void ofManyWhoCountAtOnceNoneCountsWhatAnotherCounted() throws Exception {
        count(NOON);

        Race.of(8, () -> {
            new UsageMeter(world.store).count(NOON + MINUTE, id::equals);
            return null;
        });

        assertThat(total()).isEqualTo(MINUTE);
    }

    @Test
    void oldDaysAreForgotten() {
        count(NOON);
        count(NOON + MINUTE);

        meter.forget(21_915);
        assertThat(usage()).hasSize(1);
        meter.forget(21_916);
        assertThat(usage()).isEmpty();
    }

    private void count(long now) {
        meter.count(now, id::equals);
    }

    private long total() {
        return usage().stream().mapToLong(Usage::millis).sum();
    }

    private List<Usage> usage() {
        return world.store.run(connection -> Sql.all(
                connection,
                "SELECT day_at, node_id, tier, millis FROM node_usage ORDER BY day_at, node_id, tier, tag_set",
                row -> new Usage(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4))));
    }

    private List<String> teams() {
        return new ArrayList<>(world.store.run(connection -> Sql.all(
                connection,
                "SELECT tag_value FROM node_usage_tag WHERE tag_key = 'team' ORDER BY tag_value",
                row -> row.getString(1))));
    }
}
