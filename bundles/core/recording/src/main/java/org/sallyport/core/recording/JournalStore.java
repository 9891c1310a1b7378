package org.sallyport.core.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.session.SessionError;
import org.sallyport.core.recording.Recovery.Recovered;
import org.sallyport.kernel.recording.Journals;
import org.sallyport.kernel.recording.SessionJournal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journals of a folder. Calls about one session wait for one another, those about different ones rarely do: a session's lock is one of a
 * fixed number.
 */
final class JournalStore implements Journals {
    private static final Logger LOG = LoggerFactory.getLogger(JournalStore.class);
    private static final long MIB = 1024 * 1024;

    /** Most journals that are to be made as soon as the disk takes them; further ones are not remembered, and their sessions have none. */
    private static final int MAX_WAITING = 100_000;

    private final JournalFolder folder;
    private final OpenFiles files;
    private final IntSupplier reserveMib;
    private final Clock clock;
    private final String boot;
    private final long checkpointEach;
    private final SessionLocks locks = new SessionLocks();
    private final Map<String, RecordedSession> open = new ConcurrentHashMap<>();
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

    /** A journal that fails open and could not be made. */
    private record Waiting(Head head, Gap gap) {}

    JournalStore(Path folder, IntSupplier reserveMib, int openFiles, long checkpointEach, String boot, Clock clock) {
        this.folder = new JournalFolder(folder);
        this.files = new OpenFiles(openFiles);
        this.reserveMib = reserveMib;
        this.checkpointEach = checkpointEach;
        this.boot = boot;
        this.clock = clock;
    }

    /** Once, before anything else. */
    void clean() {
        try {
            folder.clean();
        } catch (IOException e) {
            LOG.warn("Unfinished journals of the last start cannot be removed: {}", e.getMessage());
        }
    }

    @Override
    public void begin(Head head) {
        if (!JournalFolder.isName(head.sessionId())) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT,
                    "A journal cannot be named after session '%s'".formatted(head.sessionId()));
        }
        locks.during(head.sessionId(), () -> {
            try {
                if (!head.failOpen()) {
                    requireReserve();
                }
                make(head);
            } catch (FileAlreadyExistsException e) {
                throw new SallyportException(
                        CommonError.INTERNAL, "Session %s has a journal already".formatted(head.sessionId()), e);
            } catch (IOException e) {
                if (!head.failOpen()) {
                    throw JournalErrors.impossible(head.sessionId(), e);
                }
                await(head, e);
            }
            return null;
        });
    }

    @Override
    public SessionJournal open(String sessionId) {
        return locks.during(sessionId, () -> {
            RecordedSession before = open.remove(sessionId);
            if (before != null) {
                before.close();
            }
            RecordedSession session = load(sessionId, before == null ? null : before.gap());
            open.put(sessionId, session);
            if (locks.closed()) {
                session.close();
                throw JournalErrors.away();
            }
            return session;
        });
    }

    @Override
    public Optional<Seal> seal(String sessionId, String cause, Instant endedAt) {
        return locks.during(sessionId, () -> {
            RecordedSession session = open.get(sessionId);
            if (session == null && waiting.containsKey(sessionId)) {
                session = late(waiting.get(sessionId));
            } else if (session == null) {
                Optional<Recovered> found = read(sessionId);
                if (found.isEmpty()) {
                    return Optional.empty();
                }
                if (found.get().sealed().isPresent()) {
                    return Optional.of(again(sessionId, found.get()));
                }
                session = session(sessionId, found.get(), false, null);
            }
            open.put(sessionId, session);
            Seal seal = session.seal(cause, endedAt);
            open.remove(sessionId);
            return Optional.of(seal);
        });
    }

    /** On the force thread. */
    void tick() {
        for (RecordedSession session : open.values()) {
            session.tick();
        }
        for (String sessionId : waiting.keySet()) {
            if (!open.containsKey(sessionId) && !madeLate(sessionId)) {
                return; // the disk does not take this one, so it takes none of the others
            }
        }
    }

    /** Closes all; who holds one finds out with its next call. */
    void stop() {
        locks.close();
        for (String sessionId : open.keySet()) {
            locks.last(
                    sessionId, () -> Optional.ofNullable(open.remove(sessionId)).ifPresent(RecordedSession::close));
        }
    }

    /** Channels that are open now. */
    int openFiles() {
        return files.open();
    }

    private RecordedSession load(String sessionId, Gap gap) {
        Waiting late = waiting.get(sessionId);
        if (late != null) {
            return late(late);
        }
        Recovered found = read(sessionId)
                .orElseThrow(() -> new SallyportException(
                        SessionError.SESSION_UNKNOWN, "Session '%s' has no journal".formatted(sessionId)));
        if (found.sealed().isPresent()) {
            throw new SallyportException(
                    SessionError.SESSION_OVER, "The journal of session %s is sealed".formatted(sessionId));
        }
        RecordedSession session = session(sessionId, found, true, gap);
        session.start();
        return session;
    }

    private Optional<Recovered> read(String sessionId) {
        if (!JournalFolder.isName(sessionId)) {
            return Optional.empty();
        }
        try {
            Recovered found = new Recovery(folder, sessionId, boot).read();
            if (found.damage().isPresent() && !found.head().failOpen()) {
                throw new DamagedJournalException("it is damaged, and is left as it is (%s)"
                        .formatted(found.damage().get()));
            }
            return Optional.of(found);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw JournalErrors.impossible(sessionId, e);
        }
    }

    /** @param life whether it is opened for the relay */
    private RecordedSession session(String sessionId, Recovered found, boolean life, Gap gap) {
        int lives = found.lives() + (life ? 1 : 0);
        JournalFile file =
                new JournalFile(folder.journal(sessionId), files, found.tip(), found.confirmed(), found.damage());
        Optional<NewRecord> opened = life || found.cutBytes() > 0 || found.powerCut()
                ? Optional.of(opened(new Notes.Opened(Math.max(1, lives), boot, found.cutBytes(), found.powerCut())))
                : Optional.empty();
        Writing writing = new Writing(
                folder,
                sessionId,
                new Writing.Started(file, found.headChain()),
                () -> {
                    throw new IOException("it was made before");
                },
                opened,
                boot,
                checkpointEach);
        return new RecordedSession(found.head(), writing, found.index(), lives, gap, clock);
    }

    private RecordedSession late(Waiting late) {
        Head head = late.head();
        Writing writing = new Writing(
                folder,
                head.sessionId(),
                null,
                () -> make(head),
                Optional.of(opened(new Notes.Opened(1, boot, 0, false))),
                boot,
                checkpointEach);
        return new RecordedSession(head, writing, new JournalIndex(), 1, late.gap(), clock);
    }

    private Writing.Started make(Head head) throws IOException {
        NewRecord record = NewRecord.note(RecordType.HEAD, head.startedAt().toEpochMilli(), Notes.head(head, boot));
        ByteBuffer header = JournalFormat.recordHeader(record, Chain.start());
        Chain chain = Chain.start().next(header, record.payload());
        ByteBuffer content = ByteBuffer.allocate(JournalFormat.FILE_HEADER
                + header.remaining()
                + record.payload().remaining());
        content.put(JournalFormat.fileHeader())
                .put(header)
                .put(record.payload().duplicate())
                .flip();
        int length = content.remaining();
        folder.create(head.sessionId(), content);
        waiting.remove(head.sessionId());
        return new Writing.Started(
                new JournalFile(
                        folder.journal(head.sessionId()),
                        files,
                        new Tip(length, chain, 1, 0),
                        length,
                        Optional.empty()),
                chain);
    }

    private NewRecord opened(Notes.Opened note) {
        return NewRecord.note(RecordType.OPENED, clock.millis(), note.encode());
    }

    private void await(Head head, IOException e) {
        if (waiting.size() >= MAX_WAITING) {
            LOG.warn("Session {} has no journal: {}", head.sessionId(), JournalErrors.text(e));
            return;
        }
        LOG.warn("The journal of session {} is made later: {}", head.sessionId(), JournalErrors.text(e));
        waiting.put(head.sessionId(), new Waiting(head, new Gap(clock.millis(), JournalErrors.text(e))));
    }

    /** True also while somebody else is at it. */
    private boolean madeLate(String sessionId) {
        return locks.ifFree(sessionId, () -> {
                    Waiting late = waiting.get(sessionId);
                    if (late != null && !open.containsKey(sessionId)) {
                        late(late).close();
                    }
                    return !waiting.containsKey(sessionId);
                })
                .orElse(true);
    }

    /** The seal of a journal that has one; finishes what the server may have been killed in. */
    private Seal again(String sessionId, Recovered found) {
        try {
            folder.finish(sessionId);
            Notes.Sealed sealed = found.sealed().orElseThrow();
            return new Seal(sealed.digest(), sealed.messages(), found.tip().length());
        } catch (IOException e) {
            throw JournalErrors.impossible(sessionId, e);
        }
    }

    private void requireReserve() throws IOException {
        long free = folder.usable() / MIB;
        int reserve = reserveMib.getAsInt();
        if (free < reserve) {
            throw new IOException("%d MiB are free and %d are kept back (reserve.mib of configuration %s)"
                    .formatted(free, reserve, RecordingService.PID));
        }
    }
}
