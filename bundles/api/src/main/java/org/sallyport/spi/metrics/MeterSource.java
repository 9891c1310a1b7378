package org.sallyport.spi.metrics;

import org.osgi.annotation.versioning.ConsumerType;
import org.sallyport.api.metrics.Meters;

/**
 * Something that is measured: it counts for itself, in memory of its own ({@code LongAdder} and its kind), and tells the numbers when it is
 * asked. So counting costs the same whether or not anybody looks, nothing waits for whoever collects, and a collector that is
 * swapped loses nothing.
 */
@ConsumerType
public interface MeterSource {

    /**
     * Tells its numbers of now. Called by a thread of the collector, at each look of whoever collects, one at a time for each source. Does not
     * block. What it throws is logged, and its numbers are missing from that look.
     */
    void read(Meters meters);
}
