package org.sallyport.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestTest {
    private boolean idle = true;
    private long begun;
    private int collected;
    private final Rest rest = new Rest(() -> idle, () -> begun, () -> collected++);

    @Test
    void collectsOnceAfterTheStart() {
        rest.run();
        rest.run();

        assertThat(collected).isEqualTo(1);
    }

    @Test
    void collectsOnceMoreWhenAllSessionsHaveEndedAndNeverWhileOneRuns() {
        rest.run();
        begun = 3;
        idle = false;
        rest.run();
        assertThat(collected).isEqualTo(1);

        idle = true;
        rest.run();
        rest.run();
        assertThat(collected).isEqualTo(2);
    }

    @Test
    void aSessionThatCameAndWentBetweenTwoLooksCountsToo() {
        rest.run();
        begun = 1;

        rest.run();

        assertThat(collected).isEqualTo(2);
    }
}
