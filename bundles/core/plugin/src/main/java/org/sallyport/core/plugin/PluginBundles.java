package org.sallyport.core.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bundles that this one owns, told by their location. Called on the worker thread only. */
final class PluginBundles {
    private static final Logger LOG = LoggerFactory.getLogger(PluginBundles.class);
    private static final String LOCATION = "sallyport-plugin:";
    private static final int REFRESH_SECONDS = 10;

    private final BundleContext context;
    private final FrameworkWiring wiring;
    private final DryResolve dryResolve;

    PluginBundles(BundleContext context) {
        this.context = context;
        this.wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        this.dryResolve = new DryResolve(context);
    }

    Optional<Bundle> find(String symbolicName) {
        return Optional.ofNullable(context.getBundle(LOCATION + symbolicName));
    }

    /** Symbolic names of everything that is owned. */
    List<String> owned() {
        return Arrays.stream(context.getBundles())
                .filter(PluginBundles::owned)
                .map(bundle -> bundle.getLocation().substring(LOCATION.length()))
                .toList();
    }

    /** Refuses what is not allowed to run or would not resolve; nothing that runs is touched. */
    void check(PluginJar jar) throws RefusedException {
        for (Bundle bundle : context.getBundles()) {
            if (jar.symbolicName().equals(bundle.getSymbolicName()) && !owned(bundle)) {
                throw new RefusedException(
                        "%s is a bundle of the server itself (%s) and cannot be replaced from this folder"
                                .formatted(jar.symbolicName(), bundle.getLocation()));
            }
        }
        dryResolve.check(jar);
    }

    /**
     * Makes a jar the running one; if it does not start, the old one runs again.
     *
     * @param old what runs now, if anything does
     */
    Bundle run(PluginJar jar, Optional<Path> old) throws RefusedException {
        Optional<Bundle> installed = find(jar.symbolicName());
        try {
            return installed.isPresent() ? update(installed.get(), jar.stored()) : install(jar);
        } catch (BundleException | IOException | RuntimeException e) {
            throw new RefusedException("it does not start: " + Reasons.of(e) + rollBack(jar.symbolicName(), old), e);
        }
    }

    /** Starts it again as it is. */
    void start(Bundle bundle) throws BundleException {
        // no start level of the framework decides about an adapter but the one that this bundle itself runs at
        int level =
                Math.max(1, context.getBundle().adapt(BundleStartLevel.class).getStartLevel());
        bundle.adapt(BundleStartLevel.class).setStartLevel(level);
        bundle.start(Bundle.START_TRANSIENT);
        if (bundle.getState() != Bundle.ACTIVE) {
            throw new BundleException("after its start it was not active");
        }
    }

    /** Stops and uninstalls. */
    void remove(String symbolicName) {
        find(symbolicName).ifPresent(bundle -> {
            try {
                bundle.uninstall();
                refresh(bundle);
            } catch (BundleException | RuntimeException e) {
                LOG.warn("Plugin {} was not removed cleanly: {}", symbolicName, Reasons.of(e), e);
            }
        });
    }

    private Bundle install(PluginJar jar) throws BundleException, IOException {
        try (InputStream in = Files.newInputStream(jar.stored())) {
            Bundle bundle = context.installBundle(LOCATION + jar.symbolicName(), in);
            start(bundle);
            return bundle;
        }
    }

    private Bundle update(Bundle bundle, Path jar) throws BundleException, IOException {
        stop(bundle);
        try (InputStream in = Files.newInputStream(jar)) {
            bundle.update(in);
        }
        refresh(bundle);
        start(bundle);
        return bundle;
    }

    /** Returns what there is to add to the reason. */
    private String rollBack(String symbolicName, Optional<Path> old) {
        if (old.isEmpty()) {
            remove(symbolicName);
            return "";
        }
        Optional<Bundle> bundle = find(symbolicName);
        if (bundle.isEmpty()) {
            return "; the old one is gone";
        }
        try {
            update(bundle.get(), old.get());
            return "";
        } catch (BundleException | IOException | RuntimeException e) {
            LOG.error("Plugin {}: the old jar does not start again", symbolicName, e);
            return "; and the old one does not start again: " + Reasons.of(e);
        }
    }

    private static void stop(Bundle bundle) {
        try {
            bundle.stop(Bundle.STOP_TRANSIENT);
        } catch (BundleException e) {
            // it is stopped all the same, OSGi Core 10.1.4
            LOG.warn("Plugin {} did not stop cleanly: {}", bundle.getSymbolicName(), Reasons.of(e), e);
        }
    }

    private void refresh(Bundle bundle) throws BundleException {
        List<Bundle> closure = new ArrayList<>(wiring.getDependencyClosure(Set.of(bundle)));
        closure.remove(bundle);
        if (!closure.isEmpty()) {
            LOG.warn("Plugin {}: its swap refreshes {} as well, because they use what it exports", bundle, closure);
        }
        CountDownLatch done = new CountDownLatch(1);
        wiring.refreshBundles(Set.of(bundle), event -> done.countDown());
        try {
            if (!done.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
                throw new BundleException("the framework did not refresh it within %d s".formatted(REFRESH_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BundleException("interrupted while it was refreshed", e);
        }
    }

    private static boolean owned(Bundle bundle) {
        return bundle.getLocation().startsWith(LOCATION);
    }
}
