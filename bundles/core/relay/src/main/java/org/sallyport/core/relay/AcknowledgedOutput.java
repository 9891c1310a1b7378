package org.sallyport.core.relay;

import java.util.Map;
import java.util.TreeMap;

/**
 * Which sequence numbers of output the client has acknowledged, as ranges: one in normal life, a few while messages are out of order. It
 * remembers exactly what it saw, since the relay may start in the middle of a session.
 *
 * <p>At most {@link #RANGES} ranges; beyond that the lowest is forgotten, and a duplicate in it goes to the client like new output. Lane only.
 */
final class AcknowledgedOutput {
    static final int RANGES = 1_024;

    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    void add(long sequence) {
        if (sequence < 0 || sequence == Long.MAX_VALUE || contains(sequence)) {
            return;
        }
        long first = sequence;
        long last = sequence;
        Map.Entry<Long, Long> below = ranges.floorEntry(sequence);
        if (below != null && below.getValue() == sequence - 1) {
            first = below.getKey();
        }
        Long above = ranges.remove(sequence + 1);
        if (above != null) {
            last = above;
        }
        ranges.put(first, last);
        if (ranges.size() > RANGES) {
            ranges.pollFirstEntry();
        }
    }

    boolean contains(long sequence) {
        Map.Entry<Long, Long> range = ranges.floorEntry(sequence);
        return range != null && range.getValue() >= sequence;
    }

    /** Whether everything from {@code first} to {@code last} is acknowledged. */
    boolean covers(long first, long last) {
        Map.Entry<Long, Long> range = ranges.floorEntry(first);
        return range != null && range.getValue() >= last;
    }
}
