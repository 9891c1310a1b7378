package org.sallyport.core.recording;

import java.util.NavigableMap;
import java.util.TreeMap;

/** What a journal knows of the messages of one end. Guarded by its {@link JournalIndex}. */
final class EndIndex {
    /** Messages that are in the file. */
    final RangeSet written;

    /** Messages of which the other end has said that it has them, in the file or not. */
    final RangeSet acknowledged;

    /** Where the messages are that are in the file and not acknowledged. */
    final NavigableMap<Long, Long> offsets;

    /** Messages that were let pass while the journal could not be written. Not in the file, so unknown after a restart. */
    final RangeSet passed = new RangeSet();

    /** Acknowledged, and not in the file yet. */
    RangeSet noted = new RangeSet();

    EndIndex() {
        this(new RangeSet(), new RangeSet(), new TreeMap<>());
    }

    EndIndex(RangeSet written, RangeSet acknowledged, NavigableMap<Long, Long> offsets) {
        this.written = written;
        this.acknowledged = acknowledged;
        this.offsets = offsets;
    }

    void write(long sequence, long offset) {
        written.add(sequence);
        if (!acknowledged.contains(sequence)) {
            offsets.put(sequence, offset);
        }
    }

    void acknowledge(long first, long last) {
        acknowledged.add(first, last);
        offsets.subMap(first, true, last, true).clear();
    }

    EndIndex copy() {
        return new EndIndex(written.copy(), acknowledged.copy(), new TreeMap<>(offsets));
    }
}
