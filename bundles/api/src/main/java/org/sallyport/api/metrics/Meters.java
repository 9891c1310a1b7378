package org.sallyport.api.metrics;

import java.time.Duration;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes the readings of one look at a {@code MeterSource}. Used on the thread that called the source, and not after the source returned.
 *
 * <p>Names are lower-case words with underscores that begin with {@code sallyport_}, without the endings {@code _total} and {@code _seconds}.
 * Labels have few values that are known beforehand: an operation, a state, a cause. Never a session, a node or a person: what is measured of
 * these is in lists and in the audit trail. Of one name at most {@value #MAX_SERIES} series are taken; the rest is left out and logged.
 */
@ProviderType
public interface Meters {
    /** Most combinations of labels of one name. */
    int MAX_SERIES = 500;

    /**
     * What only grows while its source lives.
     *
     * @param help a sentence, the same at each look
     * @param labels values by name; the same names at each series of this name
     */
    void counter(String name, String help, Map<String, String> labels, double total);

    /** What goes up and down. */
    void gauge(String name, String help, Map<String, String> labels, double value);

    /** How often something happened, and how long that took in all. */
    void timer(String name, String help, Map<String, String> labels, long count, Duration total);
}
