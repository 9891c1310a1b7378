package org.sallyport.core.edge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sallyport.api.plugin.Plugins.Plugin;

/**
 * When the server may open its doors.
 *
 * <p>The schema is a hard condition: a bundle of ours that brings migrations must have them applied, whether or not the bundle itself
 * could be started, because half a server that writes to half a schema does harm. Of the adapters only the outcome is waited for:
 * active, or refused with a reason. One that is still neither after a grace period does not keep the others out: who needs
 * it gets a clear error, as with any missing adapter. Without core/plugin itself nobody knows the desired state, so that is hard too.
 */
final class ReadyRule {
    /** How long adapters may take to start, counted from the moment that core/plugin reported. */
    static final Duration PLUGIN_GRACE = Duration.ofSeconds(15);

    private ReadyRule() {}

    /**
     * @param migrating symbolic names of our bundles that bring migrations
     * @param migrated symbolic names that a schema service is there for
     * @param plugins what core/plugin reports; empty while it is away
     * @param reportedFor how long core/plugin has been there
     * @return what is still missing, for people; empty when the server is ready
     */
    static List<String> missing(
            Set<String> migrating, Set<String> migrated, Optional<List<Plugin>> plugins, Duration reportedFor) {
        List<String> missing = new ArrayList<>();
        Set<String> unmigrated = new TreeSet<>(migrating);
        unmigrated.removeAll(migrated);
        unmigrated.forEach(bundle -> missing.add("migrations of " + bundle));
        if (plugins.isEmpty()) {
            missing.add("desired state of plugins");
        } else if (reportedFor.compareTo(PLUGIN_GRACE) < 0) {
            plugins.get().stream()
                    .filter(p -> p.state().equals("stopped"))
                    .forEach(p -> missing.add("start of plugin " + p.symbolicName()));
        }
        return missing;
    }
}
