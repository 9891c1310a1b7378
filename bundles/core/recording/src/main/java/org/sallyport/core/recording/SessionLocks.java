package org.sallyport.core.recording;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One lock for each session, of a fixed number, so that two sessions may share one. Any thread. */
final class SessionLocks {
    private static final int LOCKS = 64;

    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toList();
    private volatile boolean closed;

    /** Work about a session, alone and not to be interrupted: an interrupt would close each file that is touched. Refused once closed. */
    <T> T during(String sessionId, Supplier<T> work) {
        ReentrantLock lock = of(sessionId);
        lock.lock();
        boolean interrupted = Thread.interrupted();
        try {
            if (closed) {
                throw JournalErrors.away();
            }
            return work.get();
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Empty when somebody has the lock; does not wait. */
    <T> Optional<T> ifFree(String sessionId, Supplier<T> work) {
        ReentrantLock lock = of(sessionId);
        if (!lock.tryLock()) {
            return Optional.empty();
        }
        try {
            return Optional.of(work.get());
        } finally {
            lock.unlock();
        }
    }

    /** From now on {@link #during} is refused; what is under way goes on. */
    void close() {
        closed = true;
    }

    boolean closed() {
        return closed;
    }

    /** What remains to be done about a session after {@link #close}. */
    void last(String sessionId, Runnable work) {
        ReentrantLock lock = of(sessionId);
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private ReentrantLock of(String sessionId) {
        return locks.get(Math.floorMod(sessionId.hashCode(), LOCKS));
    }
}
