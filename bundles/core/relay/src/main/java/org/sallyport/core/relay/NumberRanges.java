package org.sallyport.core.relay;

import java.util.Map;
import java.util.TreeMap;

/**
 * A set of sequence numbers, as ranges: one in normal life, a few while messages are out of order. It holds exactly what was added, since the
 * relay may start in the middle of a session.
 *
 * <p>At most {@link #RANGES} ranges; beyond that the lowest is forgotten. What it says is there is there; what it forgot the journal's index
 * still knows. Lane only.
 */
final class NumberRanges {
    static final int RANGES = 1_024;

    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    void add(long number) {
        addAll(number, number);
    }

    void addAll(NumberRanges others) {
        others.ranges.forEach(this::addAll);
    }

    boolean contains(long number) {
        Map.Entry<Long, Long> range = ranges.floorEntry(number);
        return range != null && range.getValue() >= number;
    }

    /** Whether everything from {@code first} to {@code last} is there. */
    boolean covers(long first, long last) {
        Map.Entry<Long, Long> range = ranges.floorEntry(first);
        return range != null && range.getValue() >= last;
    }

    /** The lowest number that is not there, from {@code first} on. */
    long missing(long first) {
        Map.Entry<Long, Long> range = ranges.floorEntry(first);
        return range != null && range.getValue() >= first ? range.getValue() + 1 : first;
    }

    /** The highest number that is there; -1 without any. */
    long highest() {
        return ranges.isEmpty() ? -1 : ranges.lastEntry().getValue();
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    void clear() {
        ranges.clear();
    }

    private void addAll(long from, long to) {
        if (from < 0 || to == Long.MAX_VALUE || covers(from, to)) {
            return;
        }
        long first = from;
        long last = to;
        Map.Entry<Long, Long> below = ranges.lowerEntry(from);
        if (below != null && below.getValue() >= from - 1) {
            first = below.getKey();
            last = Math.max(last, below.getValue());
        }
        Map.Entry<Long, Long> next = ranges.ceilingEntry(from);
        while (next != null && next.getKey() <= last + 1) {
            last = Math.max(last, next.getValue());
            ranges.remove(next.getKey());
            next = ranges.ceilingEntry(from);
        }
        ranges.put(first, last);
        if (ranges.size() > RANGES) {
            ranges.pollFirstEntry();
        }
    }
}
