package org.sallyport.core.status;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.plugin.Plugins.Plugin;
import org.sallyport.core.status.ServerStatus.InstalledBundle;
import org.sallyport.core.status.ServerStatus.Listener;
import org.sallyport.core.status.ServerStatus.Unsatisfied;
import org.sallyport.kernel.status.StatusPart.Reading;

/** Statuses as a server has them. */
final class Samples {
    private static final InstalledBundle CORE =
            new InstalledBundle("org.sallyport.core.session", "0.1.0", "core", "active", false);
    private static final InstalledBundle FRAGMENT = new InstalledBundle("some.fragment", "1.0.0", "", "resolved", true);

    private Samples() {}

    static ServerStatus healthy() {
        return status(List.of(), plugin("active", Optional.empty()), List.of(), List.of(CORE, FRAGMENT));
    }

    static ServerStatus refusing(String problem) {
        return status(List.of(), plugin("refused", Optional.of(problem)), List.of(), List.of(CORE, FRAGMENT));
    }

    static ServerStatus unsatisfied(Unsatisfied component) {
        return status(List.of(), plugin("active", Optional.empty()), List.of(component), List.of(CORE));
    }

    static ServerStatus notReady(String missing) {
        return status(List.of(missing), plugin("active", Optional.empty()), List.of(), List.of(CORE));
    }

    static ServerStatus stopped() {
        return status(
                List.of(),
                plugin("active", Optional.empty()),
                List.of(),
                List.of(new InstalledBundle("org.sallyport.front.aws", "0.1.0", "core", "resolved", false)));
    }

    private static Plugin plugin(String state, Optional<String> problem) {
        return new Plugin("org.sallyport.adapter.tier.aws", Optional.of("0.1.0"), Optional.of("ab12"), state, problem);
    }

    private static ServerStatus status(
            List<String> missing, Plugin plugin, List<Unsatisfied> components, List<InstalledBundle> bundles) {
        Map<String, Object> store = new LinkedHashMap<>();
        store.put("kind", "H2");
        store.put("reachable", true);
        return new ServerStatus(
                "0.1.0",
                Duration.ofMinutes(125),
                missing,
                List.of(new Parts.Answer("store", new Reading(store, List.of()))),
                List.of(new Listener("wss", "Web-sockets", 8444, 7)),
                List.of(plugin),
                components,
                bundles);
    }
}
