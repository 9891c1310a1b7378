package org.sallyport.core.plugin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.sallyport.api.plugin.Plugins;

/** What the last round left; whether a bundle is active is asked for at each call. Immutable. */
final class Snapshot implements Plugins {
    private static final String ACTIVE = "active";
    private static final String STOPPED = "stopped";
    private static final String REFUSED = "refused";

    private final PluginBundles bundles;
    private final Map<String, FileState> files;
    private final Map<String, DesiredState.Entry> running;

    Snapshot(PluginBundles bundles, Map<String, FileState> files, Map<String, DesiredState.Entry> running) {
        this.bundles = bundles;
        this.files = Map.copyOf(files);
        this.running = Map.copyOf(running);
    }

    @Override
    public List<Plugin> list() {
        Set<String> names = new TreeSet<>(running.keySet());
        List<Plugin> plugins = new ArrayList<>();
        for (FileState file : files.values()) {
            if (file.claims().isPresent()) {
                names.add(file.claims().get());
            } else {
                // nobody knows its symbolic name
                plugins.add(new Plugin(file.name(), Optional.empty(), Optional.empty(), REFUSED, file.refusal()));
            }
        }
        names.forEach(name -> plugins.add(plugin(name)));
        plugins.sort(Comparator.comparing(Plugin::symbolicName));
        return List.copyOf(plugins);
    }

    private Plugin plugin(String name) {
        List<FileState> mine = files.values().stream()
                .filter(file -> file.claims().equals(Optional.of(name)))
                .sorted(Comparator.comparing(FileState::name))
                .toList();
        Optional<DesiredState.Entry> entry = Optional.ofNullable(running.get(name));
        List<String> problems = new ArrayList<>();
        for (FileState file : mine) {
            if (file.refusal().isPresent()) {
                problems.add(file.name() + ": " + file.refusal().get());
            } else if (entry.isPresent() && !entry.get().file().equals(file.name())) {
                problems.add("%s is ignored: %s of the same symbolic name is newer"
                        .formatted(file.name(), entry.get().file()));
            }
        }
        boolean refused = mine.stream().anyMatch(file -> file.refusal().isPresent());
        boolean active = bundles.find(name)
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                .isPresent();
        return new Plugin(
                name,
                entry.filter(e -> active).map(DesiredState.Entry::version),
                entry.filter(e -> active).map(DesiredState.Entry::sha256),
                refused ? REFUSED : active ? ACTIVE : STOPPED,
                problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems)));
    }
}
