package org.sallyport.agent.session;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sallyport.agent.shell.Shell;

/**
 * A session that stands still, its lane with it.
 *
 * @param saved what is needed to go on with it
 * @param latch what its lane waits for
 */
record Frozen(SavedSession saved, CountDownLatch latch) {
    /** It goes on as before. */
    void thaw() {
        latch.countDown();
    }

    /**
     * Holds a session as it is until {@link #thaw} or until this process becomes another program.
     *
     * @param over asked on the lane, as the next two are
     * @param save is given what the shell was saved as, empty without one
     * @return done when the session stands still, empty when it is over
     */
    static CompletableFuture<Optional<Frozen>> on(
            Lane lane,
            BooleanSupplier over,
            Supplier<Optional<Shell>> shell,
            Function<Optional<Shell.Saved>, SavedSession> save) {
        CompletableFuture<Optional<Frozen>> done = new CompletableFuture<>();
        boolean taken = lane.execute(() -> {
            if (over.getAsBoolean()) {
                done.complete(Optional.empty());
                return;
            }
            CountDownLatch latch = new CountDownLatch(1);
            Optional<Shell> held = shell.get();
            try {
                SavedSession saved = save.apply(held.flatMap(Shell::freeze));
                done.complete(Optional.of(new Frozen(saved, latch)));
                latch.await();
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                held.ifPresent(Shell::thaw);
            }
        });
        if (!taken) {
            done.complete(Optional.empty());
        }
        return done;
    }
}
