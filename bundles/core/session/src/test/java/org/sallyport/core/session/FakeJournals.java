package org.sallyport.core.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.session.SessionError;
import org.sallyport.kernel.recording.Journals;
import org.sallyport.kernel.recording.SessionJournal;

/** Journals that remember what they were asked, and fail on demand. */
final class FakeJournals implements Journals {

    record Sealed(String sessionId, String cause, Instant endedAt) {}

    final List<Head> begun = new CopyOnWriteArrayList<>();
    final List<Sealed> sealed = new CopyOnWriteArrayList<>();
    volatile RuntimeException failure;
    volatile List<String> unsealable = List.of();
    volatile Runnable whenBegun = () -> {};
    volatile Runnable whenSealed = () -> {};

    @Override
    public void begin(Head head) {
        whenBegun.run();
        if (failure != null) {
            throw failure;
        }
        begun.add(head);
    }

    @Override
    public SessionJournal open(String sessionId) {
        throw new UnsupportedOperationException("the relay opens journals");
    }

    @Override
    public Optional<Seal> seal(String sessionId, String cause, Instant endedAt) {
        whenSealed.run();
        if (unsealable.contains(sessionId)) {
            throw new SallyportException(SessionError.RECORDING_IMPOSSIBLE, "unreadable");
        }
        if (failure != null) {
            throw failure;
        }
        sealed.add(new Sealed(sessionId, cause, endedAt));
        return begun.stream().anyMatch(h -> h.sessionId().equals(sessionId))
                ? Optional.of(new Seal("d".repeat(64), 3, 4_096))
                : Optional.empty();
    }
}
