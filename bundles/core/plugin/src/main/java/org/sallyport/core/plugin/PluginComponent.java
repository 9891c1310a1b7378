package org.sallyport.core.plugin;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.sallyport.api.plugin.Plugins;

/**
 * Runs the worker while the bundle is active. The service {@link Plugins} comes when the desired state is up, so whoever waits for it
 * does not take a server that is still starting for one without adapters.
 */
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=org.sallyport.api.plugin.Plugins",
        uses = Plugins.class)
@Component(service = {})
public final class PluginComponent {
    private final BundleContext context;
    private final PluginWorker worker;
    private final FrameworkListener started;
    private final AtomicReference<ServiceRegistration<Plugins>> registration = new AtomicReference<>();

    @Activate
    public PluginComponent(BundleContext context) throws IOException {
        this(context, PluginPaths.from(context::getProperty), Clock.systemUTC(), LookedAround.JERSEY);
    }

    PluginComponent(BundleContext context, PluginPaths paths, Clock clock, LookedAround first) throws IOException {
        this.context = context;
        PluginFolder folder = new PluginFolder(paths.folder(), clock);
        Reconciler reconciler = new Reconciler(
                folder, new JarStore(paths.store()), new DesiredState(paths.desired()), new PluginBundles(context));
        worker = new PluginWorker(paths.folder(), folder, reconciler, () -> first.now(context), this::register);
        started = event -> {
            if (event.getType() == FrameworkEvent.STARTED) {
                worker.retryRefused();
            }
        };
        context.addFrameworkListener(started);
        worker.start();
    }

    @Deactivate
    void deactivate() throws IOException, InterruptedException {
        context.removeFrameworkListener(started);
        worker.end();
        ServiceRegistration<Plugins> registered = registration.get();
        if (registered != null) {
            registered.unregister();
        }
    }

    private void register() {
        registration.set(context.registerService(Plugins.class, worker, null));
    }
}
