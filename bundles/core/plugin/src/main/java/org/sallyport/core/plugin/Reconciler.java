package org.sallyport.core.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what runs in line with the folder. Called on the worker thread only; {@link #snapshot} is read by all. */
final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final PluginFolder folder;
    private final JarStore store;
    private final DesiredState desired;
    private final PluginBundles bundles;
    private final Map<String, FileState> files = new TreeMap<>();
    private final Map<String, DesiredState.Entry> running = new TreeMap<>();
    private final Map<String, String> claimedBefore = new HashMap<>();
    private volatile Snapshot snapshot;

    Reconciler(PluginFolder folder, JarStore store, DesiredState desired, PluginBundles bundles) {
        this.folder = folder;
        this.store = store;
        this.desired = desired;
        this.bundles = bundles;
        this.snapshot = new Snapshot(bundles, Map.of(), Map.of());
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** Starts what ran last, out of the store, if its file is still there. */
    void startDesired(Set<String> present) {
        for (DesiredState.Entry entry : desired.read().values()) {
            claimedBefore.put(entry.file(), entry.symbolicName());
            if (!present.contains(entry.file())) {
                continue;
            }
            try {
                running.put(entry.symbolicName(), started(entry));
            } catch (RefusedException | BundleException | IOException e) {
                LOG.warn(
                        "Plugin {} {} cannot go on from the store ({}); its file is tried next",
                        entry.symbolicName(),
                        entry.version(),
                        Reasons.of(e));
            }
        }
        snapshot = new Snapshot(bundles, files, running);
    }

    /** One round. */
    void reconcile(PluginFolder.Look look) throws IOException {
        boolean changed = readFiles(look);
        for (Map.Entry<String, List<FileState>> group : candidates().entrySet()) {
            changed |= choose(group.getKey(), group.getValue());
        }
        if (look.calm()) {
            changed |= removeUnclaimed();
        }
        if (changed) {
            snapshot = new Snapshot(bundles, files, running);
            desired.write(running.values());
            Set<String> used = new HashSet<>();
            running.values().forEach(entry -> used.add(entry.sha256()));
            files.values().forEach(file -> file.jar().ifPresent(jar -> used.add(jar.sha256())));
            store.keepOnly(used);
        }
    }

    /** Lets everything that is refused and has nothing running be tried once more. */
    void retryRefused() {
        files.replaceAll((name, file) ->
                file.jar().isPresent() && !running.containsKey(file.jar().get().symbolicName())
                        ? file.forgiven()
                        : file);
    }

    private DesiredState.Entry started(DesiredState.Entry entry) throws RefusedException, BundleException, IOException {
        Optional<Bundle> cached = bundles.find(entry.symbolicName());
        if (cached.isPresent()
                && cached.get().getBundleId() == entry.bundleId()
                && cached.get().getLastModified() == entry.lastModified()) {
            bundles.start(cached.get());
            return entry;
        }
        PluginJar jar = store.stored(entry.sha256());
        bundles.check(jar);
        return entry(jar, entry.file(), bundles.run(jar, Optional.empty()));
    }

    private boolean readFiles(PluginFolder.Look look) {
        boolean changed = look.calm() && files.keySet().retainAll(look.files().keySet());
        for (Map.Entry<String, PluginFolder.Stamp> finished : look.files().entrySet()) {
            FileState known = files.get(finished.getKey());
            if (known == null || !known.stamp().equals(finished.getValue())) {
                files.put(finished.getKey(), read(finished.getKey(), finished.getValue(), known));
                changed = true;
            }
        }
        return changed;
    }

    private FileState read(String name, PluginFolder.Stamp stamp, FileState known) {
        try {
            PluginJar jar = store.take(folder.path(name));
            return new FileState(name, stamp, Optional.of(jar), Optional.of(jar.symbolicName()), Optional.empty());
        } catch (RefusedException | IOException e) {
            Optional<String> claims = known == null ? Optional.ofNullable(claimedBefore.get(name)) : known.claims();
            LOG.warn("Plugin file {} is refused: {}", name, Reasons.of(e));
            return new FileState(name, stamp, Optional.empty(), claims, Optional.of(Reasons.of(e)));
        }
    }

    private Map<String, List<FileState>> candidates() {
        Map<String, List<FileState>> groups = new TreeMap<>();
        for (FileState file : files.values()) {
            file.jar().ifPresent(jar -> groups.computeIfAbsent(jar.symbolicName(), name -> new ArrayList<>())
                    .add(file));
        }
        groups.values().forEach(group -> group.sort(FileState.NEWEST_FIRST));
        return groups;
    }

    /** The newest that is not refused runs; but what runs already is not given up for an older file. */
    private boolean choose(String symbolicName, List<FileState> newestFirst) {
        boolean changed = false;
        for (FileState file : newestFirst) {
            if (file.refusal().isEmpty()) {
                changed |= make(file);
            }
            if (running.containsKey(symbolicName)) {
                return changed;
            }
        }
        return changed;
    }

    private boolean make(FileState file) {
        PluginJar jar = file.jar().orElseThrow();
        DesiredState.Entry now = running.get(jar.symbolicName());
        if (now != null && now.sha256().equals(jar.sha256())) {
            if (now.file().equals(file.name())) {
                return false;
            }
            bundles.find(jar.symbolicName())
                    .ifPresent(bundle -> running.put(jar.symbolicName(), entry(jar, file.name(), bundle)));
            return true;
        }
        try {
            bundles.check(jar);
            Optional<Path> old = now == null
                    ? Optional.empty()
                    : Optional.of(store.stored(now.sha256()).stored());
            Bundle bundle = bundles.run(jar, old);
            running.put(jar.symbolicName(), entry(jar, file.name(), bundle));
            LOG.info("Plugin {} {} runs, from {}", jar.symbolicName(), jar.version(), file.name());
        } catch (RefusedException | IOException e) {
            LOG.warn(
                    "Plugin {} {} from {} is refused: {}; {}",
                    jar.symbolicName(),
                    jar.version(),
                    file.name(),
                    e.getMessage(),
                    now == null ? "none runs" : "version " + now.version() + " goes on");
            files.put(file.name(), file.refused(e.getMessage()));
            // the roll back made a new revision of the bundle
            bundles.find(jar.symbolicName())
                    .filter(bundle -> now != null)
                    .ifPresent(bundle -> running.put(jar.symbolicName(), modified(now, bundle)));
        }
        return true;
    }

    private boolean removeUnclaimed() {
        Set<String> gone = new TreeSet<>(running.keySet());
        gone.addAll(bundles.owned());
        files.values().forEach(file -> file.claims().ifPresent(gone::remove));
        for (String symbolicName : gone) {
            bundles.remove(symbolicName);
            running.remove(symbolicName);
            LOG.info("Plugin {} is removed, its file is gone", symbolicName);
        }
        return !gone.isEmpty();
    }

    private static DesiredState.Entry entry(PluginJar jar, String file, Bundle bundle) {
        return new DesiredState.Entry(
                jar.symbolicName(),
                jar.version().toString(),
                jar.sha256(),
                file,
                bundle.getBundleId(),
                bundle.getLastModified());
    }

    private static DesiredState.Entry modified(DesiredState.Entry entry, Bundle bundle) {
        return new DesiredState.Entry(
                entry.symbolicName(),
                entry.version(),
                entry.sha256(),
                entry.file(),
                bundle.getBundleId(),
                bundle.getLastModified());
    }
}
