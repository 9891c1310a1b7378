package org.sallyport.test.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Many nodes boot at once, each with its own key and connections; all come in, and nobody is told to come again. */
class FleetIT {
    private static final int NODES = 120;

    @Test
    void aBootStormComesInWithoutAnErrorAnswer() throws Exception {
        FleetRun.Outcome outcome = FleetRun.run(
                FleetRun.Plan.of(List.of("--nodes", "" + NODES, "--over", "0", "--idle", "2")), new Report());

        assertThat(outcome.allConnected()).isTrue();
        assertThat(outcome.online()).isEqualTo(NODES);
        assertThat(outcome.refusals()).isEmpty();
        assertThat(outcome.losses()).isEmpty();
        assertThat(outcome.channelsLost()).isZero();
    }
}
