package org.sallyport.core.recording;

import java.nio.ByteBuffer;
import java.util.List;
import org.sallyport.kernel.recording.SessionJournal;
import org.sallyport.kernel.session.DataEnd;

/** A journal whose appends are measured. */
record MeasuredJournal(SessionJournal journal, AppendMeters meters) implements SessionJournal {
    @Override
    public void append(List<Entry> entries) {
        long size =
                entries.stream().mapToLong(entry -> entry.frame().remaining()).sum();
        meters.measured(size, () -> journal.append(entries));
    }

    @Override
    public boolean written(DataEnd from, long sequence) {
        return journal.written(from, sequence);
    }

    @Override
    public void acknowledged(DataEnd from, long sequence) {
        journal.acknowledged(from, sequence);
    }

    @Override
    public boolean isAcknowledged(DataEnd from, long sequence) {
        return journal.isAcknowledged(from, sequence);
    }

    @Override
    public long highestAcknowledged(DataEnd from) {
        return journal.highestAcknowledged(from);
    }

    @Override
    public List<ByteBuffer> unacknowledged(DataEnd from, long first, int maxBytes) {
        return journal.unacknowledged(from, first, maxBytes);
    }

    @Override
    public int lives() {
        return journal.lives();
    }

    @Override
    public void close() {
        journal.close();
    }
}
