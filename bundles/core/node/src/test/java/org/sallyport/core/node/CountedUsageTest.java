package org.sallyport.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.node.Errors.assertFails;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.node.NodeUsage.Grouping;
import org.sallyport.api.node.NodeUsage.Row;
import org.sallyport.api.node.NodeUsage.Total;
import org.sallyport.api.node.ResourceTags;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

@Tag("store")
class CountedUsageTest {
    private static final LocalDate FIRST = LocalDate.of(2030, 1, 1);
    private static final long MINUTE = 60_000;

    private int counted = 1;
    private final World world = new World();
    private final CountedUsage usage = new CountedUsage(world.decisions, world.store);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void rowsComeByDayAndNodeWithTagsAndInPages() {
        List<String> nodes =
                List.of(world.node(), world.node()).stream().sorted().toList();
        for (int day = 0; day < 3; day++) {
            long noon = FIRST.plusDays(day).toEpochDay() * Duration.ofDays(1).toMillis()
                    + Duration.ofHours(12).toMillis();
            UsageMeter meter = new UsageMeter(world.store);
            meter.count(noon, id -> true);
            meter.count(noon + MINUTE, id -> true);
        }

        List<Row> rows = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            Page<Row> page = usage.rows(World.ALICE, FIRST, FIRST.plusDays(1), new PageRequest(3, next));
            rows.addAll(page.items());
            next = page.nextToken();
        } while (next.isPresent());

        assertThat(rows).extracting(Row::day).containsExactly(FIRST, FIRST, FIRST.plusDays(1), FIRST.plusDays(1));
        assertThat(rows)
                .extracting(Row::nodeId)
                .containsExactly(nodes.get(0), nodes.get(1), nodes.get(0), nodes.get(1));
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.tier()).isEqualTo("standard");
            assertThat(row.tags()).isEqualTo(Map.of("team", "blue", "stage", "test"));
            assertThat(row.online()).isEqualTo(Duration.ofMinutes(1));
        });
    }

    @Test
    void timeIsAddedUpByTierNodeAndTagAndInPages() {
        List<String> nodes =
                List.of(world.node(), world.node()).stream().sorted().toList();
        for (int day = 0; day < 3; day++) {
            count(day, id -> true);
        }
        new NodeTagging(world.decisions, world.store, new TagsHeard())
                .add(World.ALICE, ResourceTags.NODE, nodes.get(0), Map.of("team", "green"));
        count(1, nodes.get(0)::equals);

        Duration minute = Duration.ofMinutes(1);
        assertThat(all(Grouping.TIER, FIRST.plusDays(1)))
                .containsExactly(new Total("standard", "", 2, minute.multipliedBy(5)));
        assertThat(all(Grouping.NODE, FIRST.plusDays(1)))
                .containsExactly(
                        new Total(nodes.get(0), "standard", 1, minute.multipliedBy(3)),
                        new Total(nodes.get(1), "standard", 1, minute.multipliedBy(2)));
        assertThat(all(Grouping.TAG, FIRST.plusDays(2)))
                .containsExactly(
                        new Total("stage", "test", 2, minute.multipliedBy(7)),
                        new Total("team", "blue", 2, minute.multipliedBy(6)),
                        new Total("team", "green", 1, minute));
        assertThat(all(Grouping.TAG, FIRST.minusDays(1))).isEmpty();
    }

    @Test
    void totalsRefuseWhatRowsRefuse() {
        for (Grouping by : Grouping.values()) {
            assertFails(CommonError.INVALID_ARGUMENT, () -> totals(by, FIRST.plusDays(366), Optional.empty()));
            for (String token : List.of("", "!", "T1RIRVIKYQpi", "a".repeat(5000))) {
                assertFails(CommonError.INVALID_NEXT_TOKEN, () -> totals(by, FIRST, Optional.of(token)));
            }
        }
        world.policy.denied.add("sallyport:GetNodeUsage");
        assertFails(AccessError.ACCESS_DENIED, () -> totals(Grouping.TAG, FIRST.minusDays(1), Optional.of("!")));
    }

    @Test
    void daysAndTokensThatMakeNoSenseAreRefused() {
        assertFails(CommonError.INVALID_ARGUMENT, () -> rows(FIRST, FIRST.minusDays(1), Optional.empty()));
        assertFails(CommonError.INVALID_ARGUMENT, () -> rows(FIRST, FIRST.plusDays(366), Optional.empty()));
        for (String token : List.of("", "!", "MS8yLzM", "a".repeat(5000))) {
            assertFails(CommonError.INVALID_NEXT_TOKEN, () -> rows(FIRST, FIRST, Optional.of(token)));
        }
    }

    @Test
    void whoMayNotSeeItLearnsNothing() {
        world.policy.denied.add("sallyport:GetNodeUsage");

        assertFails(AccessError.ACCESS_DENIED, () -> rows(FIRST, FIRST.minusDays(1), Optional.of("!")));
    }

    private void count(int day, Predicate<String> connected) {
        UsageMeter meter = new UsageMeter(world.store);
        long noon = FIRST.plusDays(day).toEpochDay() * Duration.ofDays(1).toMillis()
                + Duration.ofHours(counted++).toMillis();
        meter.count(noon, connected);
        meter.count(noon + MINUTE, connected);
    }

    /** All pages of one total each. */
    private List<Total> all(Grouping by, LocalDate to) {
        List<Total> totals = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            Page<Total> page =
                    usage.totals(World.ALICE, to.isBefore(FIRST) ? to : FIRST, to, by, new PageRequest(1, next));
            totals.addAll(page.items());
            next = page.nextToken();
        } while (next.isPresent());
        return totals;
    }

    private Page<Total> totals(Grouping by, LocalDate to, Optional<String> token) {
        return usage.totals(World.ALICE, FIRST, to, by, new PageRequest(10, token));
    }

    private Page<Row> rows(LocalDate from, LocalDate to, Optional<String> token) {
        return usage.rows(World.ALICE, from, to, new PageRequest(10, token));
    }
}
