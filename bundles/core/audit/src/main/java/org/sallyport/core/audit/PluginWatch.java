package org.sallyport.core.audit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sallyport.api.audit.AuditEvent;
import org.sallyport.api.audit.Failure;
import org.sallyport.api.plugin.Plugins;
import org.sallyport.api.plugin.Plugins.Plugin;

/**
 * Tells the trail which jar of each adapter runs, by its digest, and which was refused and why. Looks each second, on the trail's own thread; what came and went
 * between two looks is told as bundles by {@link RuntimeChanges}.
 */
@Component(service = PluginWatch.class, immediate = true)
public final class PluginWatch {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Plugins plugins;

    private final Map<String, Plugin> seen = new HashMap<>();
    private final Recorder recorder;
    private final Runnable stop;

    @Activate
    public PluginWatch(@Reference TrailService trail) {
        this.recorder = trail.recorder();
        this.stop = trail.eachSecond(this::look);
    }

    /** For a recorder alone: {@link #look} is called by the test. */
    PluginWatch(Recorder recorder, Plugins plugins) {
        this.recorder = recorder;
        this.plugins = plugins;
        this.stop = () -> {};
    }

    @Deactivate
    void stop() {
        stop.run();
    }

    synchronized void look() {
        Plugins current = plugins;
        if (current == null) {
            return;
        }
        Map<String, Plugin> now = new HashMap<>();
        current.list().forEach(plugin -> now.put(plugin.symbolicName(), plugin));
        now.forEach((name, plugin) -> {
            if (!plugin.equals(seen.get(name))) {
                tell("PluginChanged", plugin);
            }
        });
        seen.forEach((name, plugin) -> {
            if (!now.containsKey(name)) {
                tell("PluginRemoved", plugin);
            }
        });
        seen.clear();
        seen.putAll(now);
    }

    private void tell(String name, Plugin plugin) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("plugin", plugin.symbolicName());
        parameters.put("state", plugin.state());
        plugin.version().ifPresent(version -> parameters.put("version", version));
        plugin.sha256().ifPresent(digest -> parameters.put("sha256", digest));
        Optional<Failure> refused = plugin.problem().map(problem -> new Failure("Refused", problem));
        recorder.note(AuditEvent.ofServer("plugin", name, parameters, refused), List.of());
    }
}
