package org.sallyport.core.relay;

import java.util.Comparator;
import java.util.TreeSet;

/** Time that a test moves; what is due runs on the test's thread. */
final class FakeTime implements Timer {
    private record Due(long at, long number, Runnable task) {}

    private final TreeSet<Due> tasks =
            new TreeSet<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
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
        while (!tasks.isEmpty() && tasks.first().at() <= until) {
            Due next = tasks.pollFirst();
            now = Math.max(now, next.at());
            next.task().run();
        }
        now = until;
    }

    int waiting() {
        return tasks.size();
    }
}
