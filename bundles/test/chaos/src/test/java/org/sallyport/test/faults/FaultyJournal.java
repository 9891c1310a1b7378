package org.sallyport.test.faults;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.sallyport.kernel.recording.SessionJournal;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.test.faults.Fault.Moment;

/** A real journal that ends the process at its moment. */
final class FaultyJournal implements SessionJournal {
    private final SessionJournal real;
    private final Fault fault;
    private final AtomicLong met = new AtomicLong();

    FaultyJournal(SessionJournal real, Fault fault) {
        this.real = real;
        this.fault = fault;
    }

    @Override
    public void append(List<Entry> entries) {
        real.append(entries);
        if (fault.moment() == Moment.WRITTEN) {
            meet(entries.stream().filter(entry -> entry.from() == fault.from()).count());
        }
    }

    @Override
    public void acknowledged(DataEnd from, long sequence) {
        if (fault.moment() == Moment.ACKNOWLEDGED && from == fault.from()) {
            meet(1);
        }
        real.acknowledged(from, sequence);
    }

    private void meet(long more) {
        if (met.addAndGet(more) >= fault.number()) {
            Fault.strike();
        }
    }

    @Override
    public boolean written(DataEnd from, long sequence) {
        return real.written(from, sequence);
    }

    @Override
    public boolean isAcknowledged(DataEnd from, long sequence) {
        return real.isAcknowledged(from, sequence);
    }

    @Override
    public long highestAcknowledged(DataEnd from) {
        return real.highestAcknowledged(from);
    }

    @Override
    public List<ByteBuffer> unacknowledged(DataEnd from, long first, int maxBytes) {
        return real.unacknowledged(from, first, maxBytes);
    }

    @Override
    public int lives() {
        return real.lives();
    }

    @Override
    public void close() {
        real.close();
    }
}
