package org.sallyport.test.bench.fleet;

import java.util.concurrent.Executor;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What nodes compute, on few threads. A real node has a processor of its own and answers at once; here the node that began first goes first, so that those
 * that have begun are done soon. In the order of the tasks each would wait for all others at each step, and the server would close
 * connections of nodes that are slow only because they share processors.
 */
final class Turns implements AutoCloseable {
    private final ThreadPoolExecutor threads;
    private final AtomicLong count = new AtomicLong();

    Turns(int size) {
        threads = new ThreadPoolExecutor(size, size, 0, TimeUnit.SECONDS, new PriorityBlockingQueue<>());
    }

    /** @param rank of the node, the first has the smallest */
    Executor of(long rank) {
        return task -> threads.execute(new Turn(rank, count.incrementAndGet(), task));
    }

    private record Turn(long rank, long number, Runnable task) implements Runnable, Comparable<Turn> {
        @Override
        public void run() {
            task.run();
        }

        @Override
        public int compareTo(Turn other) {
            int ranked = Long.compare(rank, other.rank);
            return ranked == 0 ? Long.compare(number, other.number) : ranked;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
