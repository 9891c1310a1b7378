package org.sallyport.test.bench;

import java.util.Arrays;

/** Measured values of one thing, in any unit. One thread. */
final class Samples {
    private double[] values = new double[64];
    private int count;

    void add(double value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
    }

    void nanosAsMillis(long nanos) {
        add(nanos / 1e6);
    }

    int count() {
        return count;
    }

    /** @param share 0.5 for the median */
    double percentile(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(count - 1L, Math.round(share * (count - 1)))];
    }

    double median() {
        return percentile(0.5);
    }
}
