package org.sallyport.core.relay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that a test moves; what is due runs on the test's thread. */
final class FakeTime implements Timer {
    private record Due(long at, long number, Runnable task) {}

    private final List<Due> tasks = new ArrayList<>();
    private long now = 1_000;
    private long number;

    @Override
    public long millis() {
        return now;
    }

    @Override
    public long epochMillis() {
        return 1_700_000_000_000L + now;
    }

    @Override
    public Runnable after(long delayMillis, Runnable task) {
        Due due = new Due(now + delayMillis, number++, task);
        tasks.add(due);
        return () -> tasks.remove(due);
    }

    void advance(long millis) {
        long until = now + millis;
        for (Due next = next(until); next != null; next = next(until)) {
            now = Math.max(now, next.at());
            tasks.remove(next);
            next.task().run();
        }
        now = until;
    }

    int waiting() {
        return tasks.size();
    }

    private Due next(long until) {
        return tasks.stream()
                .filter(d -> d.at() <= until)
                .min(Comparator.comparingLong(Due::at).thenComparingLong(Due::number))
                .orElse(null);
    }
}
