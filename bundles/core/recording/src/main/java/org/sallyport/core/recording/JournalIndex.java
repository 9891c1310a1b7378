package org.sallyport.core.recording;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.kernel.session.DataEnd;

/**
 * Which messages of each end are written, and which are acknowledged; exact, for any thread, never blocking for long.
 *
 * <p>Its size is bounded by what is out of order and what is not acknowledged. An honest end stays far below the bounds; a message beyond them
 * is refused before it is written, so that no message is ever forgotten, and an acknowledgement beyond them is not noted.
 */
final class JournalIndex {
    /** Most ranges of a set. */
    static final int MAX_RANGES = 4_096;

    /** Most messages that are written and not acknowledged: as many as a node's agent keeps. */
    static final int MAX_UNACKNOWLEDGED = 100_000;

    private final Map<DataEnd, EndIndex> ends = new EnumMap<>(DataEnd.class);

    JournalIndex() {
        this(new EndIndex(), new EndIndex());
    }

    JournalIndex(EndIndex client, EndIndex node) {
        ends.put(DataEnd.CLIENT, client);
        ends.put(DataEnd.NODE, node);
    }

    /** Whether the message is in the file or was let pass. */
    synchronized boolean known(DataEnd from, long sequence) {
        EndIndex end = ends.get(from);
        return end.written.contains(sequence) || end.passed.contains(sequence);
    }

    synchronized boolean acknowledged(DataEnd from, long sequence) {
        return ends.get(from).acknowledged.contains(sequence);
    }

    synchronized long highestAcknowledged(DataEnd from) {
        return ends.get(from).acknowledged.highest();
    }

    /** Why these messages, none of them known, cannot be taken; empty when they can. */
    synchronized Optional<String> refusal(DataEnd from, RangeSet sequences, int messages) {
        EndIndex end = ends.get(from);
        if (end.written.ranges() + sequences.ranges() > MAX_RANGES) {
            return Optional.of(
                    "the numbers of messages from the %s have more than %d holes".formatted(from, MAX_RANGES));
        }
        if (end.offsets.size() + messages > MAX_UNACKNOWLEDGED) {
            return Optional.of(
                    "more than %d messages from the %s are not acknowledged".formatted(MAX_UNACKNOWLEDGED, from));
        }
        return Optional.empty();
    }

    synchronized void write(DataEnd from, long sequence, long offset) {
        ends.get(from).write(sequence, offset);
    }

    /** Beyond the bound it is not remembered: its acknowledgement is held back, and it comes again. */
    synchronized void pass(DataEnd from, long sequence) {
        RangeSet passed = ends.get(from).passed;
        if (passed.ranges() < MAX_RANGES || passed.touches(sequence)) {
            passed.add(sequence);
        }
    }

    /** Of the other end; false when it is no news. */
    synchronized boolean acknowledge(DataEnd from, long sequence) {
        EndIndex end = ends.get(from);
        boolean room = end.acknowledged.ranges() < MAX_RANGES || end.acknowledged.touches(sequence);
        if (!RangeSet.countable(sequence) || end.acknowledged.contains(sequence) || !room) {
            return false;
        }
        end.acknowledge(sequence, sequence);
        end.noted.add(sequence);
        return true;
    }

    /** Ranges that stand in the file. */
    synchronized void acknowledgedInFile(DataEnd from, long first, long last) {
        ends.get(from).acknowledge(first, last);
    }

    synchronized boolean hasNoted() {
        return ends.values().stream().anyMatch(end -> !end.noted.isEmpty());
    }

    /** Takes what is noted away, to be written. */
    synchronized RangeSet takeNoted(DataEnd from) {
        EndIndex end = ends.get(from);
        RangeSet noted = end.noted;
        end.noted = new RangeSet();
        return noted;
    }

    /** Puts back what could not be written. */
    synchronized void putBack(DataEnd from, RangeSet noted) {
        ends.get(from).noted.addAll(noted);
    }

    /** Where written messages without acknowledgement are, from a number on, in the order of their numbers. */
    synchronized List<Long> unacknowledged(DataEnd from, long first) {
        return List.copyOf(ends.get(from).offsets.tailMap(first, true).values());
    }

    /** For a checkpoint: without what was let pass, which a reader of the file would not know either. */
    synchronized EndIndex copy(DataEnd from) {
        return ends.get(from).copy();
    }
}
