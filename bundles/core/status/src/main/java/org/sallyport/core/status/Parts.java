package org.sallyport.core.status;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.sallyport.kernel.status.StatusPart;
import org.sallyport.kernel.status.StatusPart.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the parts of the server, all at once and each for at most 800 ms, and keeps what they said for a second, so that nobody who asks
 * often makes them work often. A part that hangs keeps one thread and is not asked again until it returns.
 *
 * <p>Four threads, and 32 questions that wait; a question beyond that counts as one that was not answered.
 */
final class Parts implements AutoCloseable {
    static final long PATIENCE_MILLIS = 800;

    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int THREADS = 4;
    private static final int QUEUE = 32;

    /** What one part said. */
    record Answer(String part, Reading reading) {}

    private record Round(long begun, CompletableFuture<List<Answer>> answers) {}

    private final LongSupplier nanos;
    private final Map<StatusPart, CompletableFuture<Reading>> asked = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads;
    private Round last;

    Parts(LongSupplier nanos) {
        this.nanos = nanos;
        AtomicInteger count = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
                    Thread thread = new Thread(task, "sallyport-status-ask-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** What the parts say, by name; at most a second old. Blocks for less than a second. */
    List<Answer> read(List<StatusPart> parts) {
        return round(parts).join();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private synchronized CompletableFuture<List<Answer>> round(List<StatusPart> parts) {
        long now = nanos.getAsLong();
        if (last == null || now - last.begun() >= KEPT_NANOS) {
            List<CompletableFuture<Answer>> answers =
                    parts.stream().map(this::answer).toList();
            last = new Round(
                    now,
                    CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                            .thenApply(done -> answers.stream()
                                    .map(CompletableFuture::join)
                                    .sorted(Comparator.comparing(Answer::part))
                                    .toList()));
        }
        return last.answers();
    }

    private CompletableFuture<Answer> answer(StatusPart part) {
        String name = part.part();
        return ask(part)
                .thenApply(reading -> new Answer(name, reading))
                .exceptionally(failure -> {
                    LOG.warn("The part {} cannot say how it is", name, failure);
                    return unknown(name, "the part " + name + " cannot say how it is");
                })
                .completeOnTimeout(
                        unknown(name, "the part " + name + " does not answer in time"),
                        PATIENCE_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<Reading> ask(StatusPart part) {
        CompletableFuture<Reading> pending = asked.get(part);
        if (pending != null) {
            return pending;
        }
        CompletableFuture<Reading> answer = new CompletableFuture<>();
        asked.put(part, answer);
        try {
            threads.execute(() -> read(part, answer));
        } catch (RejectedExecutionException e) {
            asked.remove(part);
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private void read(StatusPart part, CompletableFuture<Reading> answer) {
        try {
            Reading reading = part.read();
            asked.remove(part);
            answer.complete(reading);
        } catch (RuntimeException | Error e) {
            asked.remove(part);
            answer.completeExceptionally(e);
        }
    }

    private static Answer unknown(String part, String why) {
        return new Answer(part, new Reading(Map.of(), List.of(why)));
    }
}
