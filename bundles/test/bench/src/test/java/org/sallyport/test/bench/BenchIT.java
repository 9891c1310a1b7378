package org.sallyport.test.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sallyport.test.bench.Setting.Sizes;

/** The benchmark still runs, whole and short. Its figures are of nothing here, and no time is asserted. */
class BenchIT {
    @Test
    void everyPartGivesItsFigures() throws Exception {
        Report report = Main.run(Sizes.SHORT, List.of());

        assertThat(report.rows())
                .extracting(Row::what)
                .contains(
                        "key press echo p50",
                        "whole command, with exit",
                        "StartSession to first prompt byte p50",
                        "session starts, each with a shell",
                        "cat to the terminal",
                        "key echo during output p50",
                        "swap, longest time without an answer, worst",
                        "server, first start to serving",
                        "server, resident memory after the start",
                        "agent, start to reachable",
                        "agent, resident memory at rest");
        assertThat(report.rows()).allSatisfy(row -> {
            assertThat(row.ours()).as(row.what()).isPositive();
            row.peer().ifPresent(value -> assertThat(value).as(row.what()).isPositive());
        });
    }
}
