package org.sallyport.core.plugin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;
import org.sallyport.api.plugin.Plugins;
import org.sallyport.api.plugin.Plugins.Plugin;

/** A real framework with the component in it; can be started again on the same folders. */
final class PluginServer {
    final Path folder;
    final PluginPaths paths;
    /** Type and symbolic name of each event of an adapter. */
    final List<String> events = new CopyOnWriteArrayList<>();

    private final Framework framework;
    private PluginComponent component;

    PluginServer(Path root) throws Exception {
        folder = Files.createDirectories(root.resolve("plugins"));
        paths = PluginPaths.in(folder, root.resolve("data").resolve("plugins"));
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE, root.resolve("framework").toString()));
        framework.start();
        SynchronousBundleListener listener = event ->
                events.add(name(event.getType()) + " " + event.getBundle().getSymbolicName());
        context().addBundleListener(listener);
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    void startComponent() throws Exception {
        startComponent(LookedAround.JERSEY);
    }

    void startComponent(LookedAround first) throws Exception {
        component = new PluginComponent(context(), paths, Clock.systemUTC(), first);
    }

    void stopComponent() throws Exception {
        component.deactivate();
    }

    /** What the adapter of that name says; empty when it does not run. */
    Optional<String> says(String symbolicName) {
        ServiceReference<?>[] references =
                bundle(symbolicName).map(Bundle::getRegisteredServices).orElse(null);
        return references == null
                ? Optional.empty()
                : Arrays.stream(references)
                        .map(reference -> (String) reference.getProperty("says"))
                        .findFirst();
    }

    Optional<Bundle> bundle(String symbolicName) {
        return Optional.ofNullable(context().getBundle("sallyport-plugin:" + symbolicName));
    }

    boolean up() {
        return context().getServiceReference(Plugins.class) != null;
    }

    Optional<Plugin> listed(String name) {
        ServiceReference<Plugins> reference = context().getServiceReference(Plugins.class);
        return reference == null
                ? Optional.empty()
                : context().getService(reference).list().stream()
                        .filter(plugin -> plugin.symbolicName().equals(name))
                        .findFirst();
    }

    boolean refused(String name) {
        return listed(name).filter(plugin -> plugin.state().equals("refused")).isPresent();
    }

    String problem(String name) {
        return listed(name).flatMap(Plugin::problem).orElse("");
    }

    void close() throws Exception {
        if (up()) {
            component.deactivate();
        }
        framework.stop();
        framework.waitForStop(10_000);
    }

    private static String name(int type) {
        return switch (type) {
            case BundleEvent.STOPPING -> "stopping";
            case BundleEvent.UPDATED -> "updated";
            case BundleEvent.STARTED -> "started";
            case BundleEvent.UNINSTALLED -> "uninstalled";
            default -> "other";
        };
    }
}
