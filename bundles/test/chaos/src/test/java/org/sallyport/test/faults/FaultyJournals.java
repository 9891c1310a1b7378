package org.sallyport.test.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.sallyport.kernel.recording.Journals;
import org.sallyport.kernel.recording.SessionJournal;

/** The real journals, and for one session a {@link Fault}. */
final class FaultyJournals implements Journals {
    private final Journals real;
    private final Path file;
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();

    FaultyJournals(Journals real, Path file) {
        this.real = real;
        this.file = file;
    }

    @Override
    public void begin(Head head) {
        real.begin(head);
        try {
            Fault.take(file).ifPresent(fault -> faults.put(head.sessionId(), fault));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public SessionJournal open(String sessionId) {
        SessionJournal journal = real.open(sessionId);
        Fault fault = faults.get(sessionId);
        return fault == null ? journal : new FaultyJournal(journal, fault);
    }

    @Override
    public Optional<Seal> seal(String sessionId, String cause, Instant endedAt) {
        return real.seal(sessionId, cause, endedAt);
    }
}
