package org.sallyport.core.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LogContextTest {
    @Test
    void theSessionOrNodeIsThereWhileItIsWorkedForAndNotAfterwards() {
        List<String> seen = new ArrayList<>();

        LogContext.run("mi-0123456789abcdef0", () -> seen.add(MDC.get("node") + " " + MDC.get("session")));
        new Lane(LogContext.on(Runnable::run, "ann-01234567890abcdef"))
                .execute(() -> seen.add(MDC.get("node") + " " + MDC.get("session")));

        assertThat(seen).containsExactly("mi-0123456789abcdef0 null", "null ann-01234567890abcdef");
        assertThat(MDC.get("node")).isNull();
        assertThat(MDC.get("session")).isNull();
    }

    @Test
    void workThatFailsLeavesNothingBehind() {
        assertThatThrownBy(() -> LogContext.run("ann-01234567890abcdef", () -> {
                    throw new IllegalStateException("work");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(MDC.get("session")).isNull();
    }
}
