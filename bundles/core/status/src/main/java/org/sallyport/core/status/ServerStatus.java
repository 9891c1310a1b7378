package org.sallyport.core.status;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sallyport.api.plugin.Plugins.Plugin;

/**
 * The server at one moment.
 *
 * @param missing what keeps it from being ready; empty when it is
 * @param unsatisfied components that do not run though they should
 */
record ServerStatus(
        String version,
        Duration up,
        List<String> missing,
        List<Parts.Answer> parts,
        List<Listener> listeners,
        List<Plugin> plugins,
        List<Unsatisfied> unsatisfied,
        List<InstalledBundle> bundles) {

    /** A transport that listens. */
    record Listener(String scheme, String description, int port, int connections) {}

    /** A component and why it does not run. */
    record Unsatisfied(String component, String bundle, String why) {}

    /**
     * A bundle.
     *
     * @param ring empty for libraries
     * @param state OSGi's word, lower case
     */
    record InstalledBundle(String symbolicName, String version, String ring, String state, boolean fragment) {
        /** Whether it runs, as far as it can. */
        boolean up() {
            return state.equals("active") || (fragment && state.equals("resolved"));
        }
    }

    boolean ready() {
        return missing.isEmpty();
    }

    /** Ready, and nothing is refused, stopped or unsatisfied. */
    boolean healthy() {
        return ready()
                && unsatisfied.isEmpty()
                && plugins.stream().allMatch(plugin -> plugin.state().equals("active"))
                && bundles.stream().allMatch(InstalledBundle::up);
    }

    /** What a part says of itself. */
    Optional<Parts.Answer> part(String name) {
        return parts.stream().filter(answer -> answer.part().equals(name)).findFirst();
    }
}
