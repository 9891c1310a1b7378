package org.sallyport.test.bench.fleet;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** So many at a time, in the order in which they came. Any thread. */
final class Slots {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int free;

    Slots(int size) {
        free = size;
    }

    /** Begins the work when there is a slot, which it has until its future is complete. */
    void run(Supplier<CompletableFuture<Void>> work) {
        Runnable begin = () -> work.get().whenComplete((unused, failure) -> next());
        synchronized (this) {
            if (free == 0) {
                waiting.addLast(begin);
                return;
            }
            free--;
        }
        begin.run();
    }

    private void next() {
        Runnable first;
        synchronized (this) {
            first = waiting.pollFirst();
            if (first == null) {
                free++;
                return;
            }
        }
        first.run();
    }
}
