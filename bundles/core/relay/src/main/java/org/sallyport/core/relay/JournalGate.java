package org.sallyport.core.relay;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.sallyport.core.relay.OpenJournal.Note;
import org.sallyport.kernel.recording.SessionJournal.Entry;
import org.sallyport.kernel.session.DataEnd;

/**
 * Between a session and its journal: messages are forwarded at once and wait here to be written; their acknowledgements pass only after that.
 * Lane only; the journal itself is used by {@link JournalWork}.
 *
 * <p>Above {@link Marks#HIGH} of waiting bytes it is {@link #stopped()}: both ends are stopped. Above {@link Marks#DROP} it does not
 * {@link #take} output, and input above {@link Marks#HARD}. When the journal fails, nothing is taken and nothing passes any more.
 */
final class JournalGate {
    private static final int BATCH_BYTES = 256 * 1024;
    private static final int BATCH_ENTRIES = 2_048;
    private static final int BATCH_NOTES = 256;
    private static final int OVERHEAD = 256;
    private static final long REPEAT_MILLIS = 30_000;

    /** Called on the lane. */
    interface Owner {
        /** A message is written and acknowledged: its acknowledgement may pass to the end that sent the message. */
        void acknowledged(DataEnd sender, long sequence, Frame acknowledgement);

        /** {@link #stopped()} has another answer than before. */
        void pressureChanged();

        /** Nothing is recorded any more. Comes again until the gate is closed. */
        void recordingFailed(String text);
    }

    private record Waiting(Entry entry, long sequence, int size) {}

    private record Read(DataEnd of, long first, long after, Consumer<List<ByteBuffer>> then) {}

    private final OpenJournal journal;
    private final JournalWork work;
    private final Timer timer;
    private final Lane lane;
    private final Owner owner;
    private final Map<DataEnd, JournalState> states = new EnumMap<>(DataEnd.class);
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final Deque<Read> reads = new ArrayDeque<>();
    private List<Note> notes = new ArrayList<>();
    private long bytes;
    private long taken;
    private long appended;
    private boolean stopped;
    private boolean failed;
    private boolean closing;
    private boolean closed;
    private boolean told;
    private final List<Runnable> whenClosed = new ArrayList<>();

    JournalGate(OpenJournal journal, Executor threads, Lane lane, Timer timer, Owner owner) {
        this.journal = journal;
        this.timer = timer;
        this.lane = lane;
        this.owner = owner;
        this.work = new JournalWork(threads, lane, timer, this::failed);
        for (DataEnd end : DataEnd.values()) {
            states.put(end, new JournalState(journal, end));
        }
    }

    /** Whether the message came before, in this life of the relay or an earlier one. */
    boolean known(DataEnd from, long sequence) {
        return states.get(from).known(sequence);
    }

    /** The lowest number of a message that did not come. */
    long firstUnknown(DataEnd from) {
        return states.get(from).firstUnknown();
    }

    /** The number that follows on all that came. */
    long next(DataEnd from) {
        return states.get(from).next();
    }

    boolean recorded(DataEnd from, long sequence) {
        return states.get(from).recorded(sequence);
    }

    /** Whether there is no room for more output. */
    boolean full() {
        return failed || bytes > Marks.DROP;
    }

    /** Whether both ends should send nothing. */
    boolean stopped() {
        return stopped;
    }

    /** Whether the journal has failed. */
    boolean failed() {
        return failed;
    }

    /** Takes a message that is forwarded for the first time. False when there is no room; then it must not be forwarded. */
    boolean take(DataEnd from, Frame frame) {
        int size = frame.size() + OVERHEAD;
        if (failed || closed || bytes + size > Marks.HARD) {
            return false;
        }
        long sequence = frame.header().sequenceNumber();
        states.get(from).waits(sequence);
        queue.add(new Waiting(new Entry(from, timer.epochMillis(), frame.bytes().duplicate()), sequence, size));
        bytes += size;
        taken++;
        pressure();
        next();
        return true;
    }

    /** An acknowledgement of a message of {@code sender}; it comes back by {@link Owner#acknowledged}, at once or later. */
    void acknowledge(DataEnd sender, long sequence, Frame acknowledgement) {
        if (failed) {
            return;
        }
        JournalState state = states.get(sender);
        if (state.recorded(sequence)) {
            state.overtaken(sequence);
            passes(sender, sequence, acknowledgement);
        } else {
            state.early(sequence, acknowledgement);
        }
    }

    /**
     * Reads what the other end has not acknowledged, after all that waits now was written.
     *
     * @param then gets an empty list when there is no more
     */
    void read(DataEnd of, long first, Consumer<List<ByteBuffer>> then) {
        reads.add(new Read(of, first, taken, then));
        next();
    }

    /** Writes what waits, closes the journal, and tells. When it fails, tells at once; while core/recording is away, it waits. */
    void close(Runnable then) {
        closing = true;
        whenClosed.add(then);
        if (told || (failed && work.busy())) {
            tell();
        }
        next();
    }

    private void next() {
        if (work.busy()) {
            return;
        }
        if (failed) {
            finish();
            return;
        }
        Read read = reads.peek();
        if (read != null && read.after() <= appended) {
            List<Note> noted = takeNotes();
            reads.poll();
            work.run(
                    () -> {
                        journal.write(noted, List.of());
                        return journal.unacknowledged(read.of(), read.first());
                    },
                    frames -> {
                        read.then().accept(frames);
                        next();
                    });
        } else if (!queue.isEmpty() || notes.size() >= BATCH_NOTES) {
            append();
        } else {
            finish();
        }
    }

    private void append() {
        List<Waiting> batch = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        long size = 0;
        while (!queue.isEmpty() && size < BATCH_BYTES && batch.size() < BATCH_ENTRIES) {
            Waiting one = queue.poll();
            batch.add(one);
            entries.add(one.entry());
            size += one.size();
        }
        List<Note> noted = takeNotes();
        work.run(
                () -> {
                    journal.write(noted, entries);
                    return batch;
                },
                this::appended);
    }

    private void appended(List<Waiting> batch) {
        appended += batch.size();
        if (!failed) {
            for (Waiting one : batch) {
                bytes -= one.size();
                DataEnd from = one.entry().from();
                states.get(from)
                        .appended(one.sequence())
                        .ifPresent(acknowledgement -> passes(from, one.sequence(), acknowledgement));
            }
            pressure();
        }
        next();
    }

    private void passes(DataEnd sender, long sequence, Frame acknowledgement) {
        if (!journal.isAcknowledged(sender, sequence)) {
            notes.add(new Note(sender, sequence));
        }
        owner.acknowledged(sender, sequence, acknowledgement);
    }

    private List<Note> takeNotes() {
        List<Note> taken = notes;
        notes = new ArrayList<>();
        return taken;
    }

    private void pressure() {
        boolean now = stopped ? bytes >= Marks.LOW : bytes > Marks.HIGH;
        if (now != stopped) {
            stopped = now;
            owner.pressureChanged();
        }
    }

    private void finish() {
        if (!closing || closed) {
            return;
        }
        closed = true;
        List<Note> noted = takeNotes();
        work.run(() -> journal.close(noted), closed -> tell());
    }

    private void tell() {
        told = true;
        List<Runnable> all = List.copyOf(whenClosed);
        whenClosed.clear();
        all.forEach(Runnable::run);
    }

    /** What hangs is left to its thread; nobody waits for it. */
    private void failed(String text) {
        failed = true;
        queue.clear();
        reads.clear();
        repeat(text);
        if (closing && work.busy()) {
            tell();
        }
        next();
    }

    private void repeat(String text) {
        owner.recordingFailed(text);
        timer.after(
                REPEAT_MILLIS,
                () -> lane.execute(() -> {
                    if (!closing) {
                        repeat(text);
                    }
                }));
    }
}
