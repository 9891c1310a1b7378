package org.sallyport.kernel.status;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One part of the server as an operator sees it. A core bundle registers it beside its own services; core/status asks all of them, on its own
 * threads and at most once a second.
 */
@ConsumerType
public interface StatusPart {

    /**
     * A reading of now.
     *
     * @param facts by name, in the order to show them: texts of at most 256 characters, numbers, truth values. No secret, and nothing of
     *     a single session, node or person
     * @param missing what keeps the server from being ready, a sentence each that anybody may read; empty when nothing does
     */
    record Reading(Map<String, Object> facts, List<String> missing) {
        public Reading {
            facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
            missing = List.copyOf(missing);
        }
    }

    /** A lower-case word, for instance {@code store}. */
    String part();

    /**
     * Looks. May block: whoever asks waits for 800 ms and then calls the part late. Not asked again before it returned. What it throws is
     * shown as a failure of the part.
     */
    Reading read();
}
