package org.sallyport.core.relay;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.ErrorCode;
import org.sallyport.api.error.Kind;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.session.SessionError;
import org.sallyport.kernel.recording.Journals;
import org.sallyport.kernel.recording.SessionJournal;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.MessageHeader;
import org.sallyport.protocol.message.PayloadType;

/**
 * Journals in memory. What was appended survives {@link #kill} and a swap; what was only noted does not. Bounded; it fails, blocks and is away as
 * the test says.
 */
final class FakeJournals implements Journals {
    private static final long MOST_BYTES = 64 * 1024 * 1024;

    private enum Missing implements ErrorCode {
        JOURNAL_UNKNOWN;

        @Override
        public Kind kind() {
            return Kind.ABSENT;
        }
    }

    /** What is on the disk of one session. */
    static final class Stored {
        final List<byte[]> messages = new ArrayList<>();
        private final Map<DataEnd, NavigableMap<Long, byte[]>> written = new EnumMap<>(DataEnd.class);
        private final Map<DataEnd, Set<Long>> acknowledged = new EnumMap<>(DataEnd.class);
        private int lives;
        private Open holder;

        private Stored() {
            for (DataEnd end : DataEnd.values()) {
                written.put(end, new TreeMap<>());
                acknowledged.put(end, new TreeSet<>());
            }
        }

        boolean has(DataEnd from, long sequence) {
            return written.get(from).containsKey(sequence);
        }

        /** Output payloads of an end, in the order of their numbers. */
        List<String> texts(DataEnd from) {
            return written.get(from).values().stream()
                    .map(FakeJournals::decoded)
                    .filter(m -> m.payloadType() == PayloadType.OUTPUT)
                    .map(AgentMessage::text)
                    .toList();
        }
    }

    private final Map<String, Stored> stored;
    boolean beginsByItself = true;
    boolean gaps;
    String impossible = "";
    volatile CountDownLatch blocked = new CountDownLatch(0);
    private volatile boolean gone;
    private long bytes;

    FakeJournals() {
        this(new HashMap<>());
    }

    private FakeJournals(Map<String, Stored> stored) {
        this.stored = stored;
    }

    /** The bundle, or the whole server, has gone and another took its place; this one serves nobody any more. */
    synchronized FakeJournals successor() {
        gone = true;
        return new FakeJournals(stored);
    }

    synchronized Stored stored(String sessionId) {
        return stored.computeIfAbsent(sessionId, id -> new Stored());
    }

    synchronized int holders() {
        return (int) stored.values().stream().filter(s -> s.holder != null).count();
    }

    @Override
    public void begin(Head head) {
        stored(head.sessionId());
    }

    @Override
    public synchronized SessionJournal open(String sessionId) {
        check();
        if (!beginsByItself && !stored.containsKey(sessionId)) {
            throw new SallyportException(Missing.JOURNAL_UNKNOWN, "no journal of " + sessionId);
        }
        Stored one = stored(sessionId);
        one.lives++;
        one.holder = new Open(one);
        return one.holder;
    }

    @Override
    public Optional<Seal> seal(String sessionId, String cause, Instant endedAt) {
        throw new UnsupportedOperationException("the relay does not seal");
    }

    private void check() {
        if (gone) {
            throw new SallyportException(CommonError.SERVICE_AWAY, "away");
        }
        if (!impossible.isEmpty()) {
            throw new SallyportException(SessionError.RECORDING_IMPOSSIBLE, impossible);
        }
    }

    private final class Open implements SessionJournal {
        private final Stored store;
        private final int life;
        private final Map<DataEnd, Set<Long>> noted = new EnumMap<>(DataEnd.class);

        private Open(Stored store) {
            this.store = store;
            this.life = store.lives;
            for (DataEnd end : DataEnd.values()) {
                noted.put(end, new TreeSet<>());
            }
        }

        @Override
        public void append(List<Entry> entries) {
            try {
                blocked.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
            synchronized (FakeJournals.this) {
                held();
                entries.forEach(this::write);
                writeNotes();
            }
        }

        private void write(Entry entry) {
            try {
                long sequence = MessageHeader.read(entry.frame()).sequenceNumber();
                byte[] copy = new byte[entry.frame().remaining()];
                entry.frame().duplicate().get(copy);
                bytes += copy.length;
                if (bytes > MOST_BYTES) {
                    throw new SallyportException(SessionError.RECORDING_IMPOSSIBLE, "full");
                }
                if (!gaps && store.written.get(entry.from()).putIfAbsent(sequence, copy) == null) {
                    store.messages.add(copy);
                }
            } catch (MalformedMessageException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public boolean written(DataEnd from, long sequence) {
            synchronized (FakeJournals.this) {
                return store.written.get(from).containsKey(sequence);
            }
        }

        @Override
        public void acknowledged(DataEnd from, long sequence) {
            synchronized (FakeJournals.this) {
                held();
                noted.get(from).add(sequence);
            }
        }

        @Override
        public boolean isAcknowledged(DataEnd from, long sequence) {
            synchronized (FakeJournals.this) {
                return store.acknowledged.get(from).contains(sequence)
                        || noted.get(from).contains(sequence);
            }
        }

        @Override
        public long highestAcknowledged(DataEnd from) {
            synchronized (FakeJournals.this) {
                return store.acknowledged.get(from).stream().max(Long::compare).orElse(-1L);
            }
        }

        @Override
        public List<ByteBuffer> unacknowledged(DataEnd from, long first, int maxBytes) {
            synchronized (FakeJournals.this) {
                held();
                List<ByteBuffer> result = new ArrayList<>();
                int size = 0;
                for (Map.Entry<Long, byte[]> one :
                        store.written.get(from).tailMap(first).entrySet()) {
                    if (isAcknowledged(from, one.getKey())) {
                        continue;
                    }
                    size += one.getValue().length;
                    if (!result.isEmpty() && size > maxBytes) {
                        break;
                    }
                    result.add(ByteBuffer.wrap(one.getValue()));
                }
                return result;
            }
        }

        @Override
        public int lives() {
            return life;
        }

        @Override
        public void close() {
            synchronized (FakeJournals.this) {
                held();
                writeNotes();
                store.holder = null;
            }
        }

        private void writeNotes() {
            noted.forEach((end, numbers) -> store.acknowledged.get(end).addAll(numbers));
        }

        private void held() {
            check();
            if (store.holder != this) {
                throw new AssertionError("used after another holder opened it, or after its close");
            }
        }
    }

    static long size(List<byte[]> messages) {
        return messages.stream().mapToLong(m -> m.length).sum();
    }

    private static AgentMessage decoded(byte[] bytes) {
        try {
            return AgentMessage.decode(ByteBuffer.wrap(bytes), true);
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
    }
}
