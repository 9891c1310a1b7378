package org.sallyport.core.recording;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A set of sequence numbers as ranges: one in normal life, a few while messages are out of order. Exact. Not safe for threads. */
final class RangeSet {
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    /** Whether a number can be in a set: those of honest senders count from 0. */
    static boolean countable(long sequence) {
        return sequence >= 0 && sequence < Long.MAX_VALUE;
    }

    void add(long sequence) {
        add(sequence, sequence);
    }

    void add(long first, long last) {
        if (!countable(first) || !countable(last) || last < first) {
            throw new IllegalArgumentException("no range of sequence numbers: %d to %d".formatted(first, last));
        }
        long from = first;
        long to = last;
        Map.Entry<Long, Long> below = ranges.floorEntry(first);
        if (below != null && below.getValue() >= first - 1) {
            from = below.getKey();
            to = Math.max(to, below.getValue());
        }
        for (Map.Entry<Long, Long> above = ranges.ceilingEntry(from);
                above != null && above.getKey() <= to + 1;
                above = ranges.ceilingEntry(from)) {
            to = Math.max(to, above.getValue());
            ranges.remove(above.getKey());
        }
        ranges.put(from, to);
    }

    boolean contains(long sequence) {
        Map.Entry<Long, Long> range = ranges.floorEntry(sequence);
        return range != null && range.getValue() >= sequence;
    }

    /** Whether the number is in it or beside a range, so that it makes none of its own. */
    boolean touches(long sequence) {
        return contains(sequence) || contains(sequence - 1) || ranges.containsKey(sequence + 1);
    }

    /** The highest number, -1 for none. */
    long highest() {
        return ranges.isEmpty() ? -1 : ranges.lastEntry().getValue();
    }

    /** How many ranges. */
    int ranges() {
        return ranges.size();
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** Calls for each range with its bounds, lowest first. */
    void forEach(BiConsumer<Long, Long> consumer) {
        ranges.forEach(consumer);
    }

    void addAll(RangeSet other) {
        other.ranges.forEach(this::add);
    }

    RangeSet copy() {
        RangeSet copy = new RangeSet();
        copy.ranges.putAll(ranges);
        return copy;
    }

    @Override
    public String toString() {
        return ranges.toString();
    }
}
