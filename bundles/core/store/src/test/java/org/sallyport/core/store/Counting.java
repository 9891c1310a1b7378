package org.sallyport.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/** Threads that add one to {@code counter}, again and again, and note what each call came to. */
final class Counting implements AutoCloseable {
    private static final int THREADS = 4;
    private static final long HANG_SECONDS = 90;

    private final JdbcTransactions transactions;
    private final List<One> all = new ArrayList<>();
    private volatile boolean stopped;

    /** One thread and its own outcomes; only it writes them. */
    private static final class One {
        private Thread thread;
        private volatile int successes;
        private volatile int away;
        private volatile int unknown;
        private volatile Throwable other;
    }

    Counting(JdbcTransactions transactions) {
        this.transactions = transactions;
        for (int i = 0; i < THREADS; i++) {
            One one = new One();
            one.thread = new Thread(() -> count(one), "test-load-" + i);
            all.add(one);
            one.thread.start();
        }
    }

    private void count(One one) {
        while (!stopped && one.other == null) {
            try {
                transactions.run(c -> LostDatabaseIT.execute(c, "UPDATE counter SET amount = amount + 1"));
                one.successes = one.successes + 1;
            } catch (SallyportException e) {
                if (e.code() != CommonError.SERVICE_AWAY) {
                    one.other = e;
                } else if (e.getMessage().contains("not known")) {
                    one.unknown = one.unknown + 1;
                } else {
                    one.away = one.away + 1;
                }
            } catch (RuntimeException e) {
                one.other = e;
            }
        }
    }

    void awaitMoreSuccesses() {
        int before = all.stream().mapToInt(one -> one.successes).sum();
        await(() -> all.stream().mapToInt(one -> one.successes).sum() > before + 20);
    }

    /** Each has been told that the database is away, so none hangs. */
    void awaitAwayForEach() {
        await(() -> all.stream().allMatch(one -> one.away + one.unknown > 0));
    }

    void awaitSuccessForEach() {
        List<Integer> before = all.stream().map(one -> one.successes).toList();
        await(() -> {
            for (int i = 0; i < THREADS; i++) {
                if (all.get(i).successes == before.get(i)) {
                    return false;
                }
            }
            return true;
        });
    }

    void stop() {
        stopped = true;
        for (One one : all) {
            try {
                one.thread.join(TimeUnit.SECONDS.toMillis(HANG_SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            assertThat(one.thread.isAlive()).isFalse();
        }
    }

    /** What was told as written is there; what is there was told as written or as unknown. */
    void assertAccounted(int amount) {
        int successes = all.stream().mapToInt(one -> one.successes).sum();
        int unknown = all.stream().mapToInt(one -> one.unknown).sum();
        assertThat(amount).isBetween(successes, successes + unknown);
    }

    private void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await().atMost(HANG_SECONDS, TimeUnit.SECONDS).until(() -> {
            for (One one : all) {
                assertThat(one.other).isNull();
            }
            return condition.call();
        });
    }

    @Override
    public void close() {
        stop();
    }
}
