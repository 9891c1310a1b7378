package org.sallyport.core.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.audit.AuditEvent;

/**
 * Tells the trail which adapters and other bundles came, went or were replaced while the server runs, and which configurations changed. Names only: values may be
 * secrets. On the framework's and Configuration Admin's threads; does not block.
 */
@Component(service = ConfigurationListener.class, immediate = true)
public final class RuntimeChanges implements ConfigurationListener, BundleListener {
    private static final Map<Integer, String> TOLD = Map.of(
            BundleEvent.INSTALLED, "BundleInstalled",
            BundleEvent.UPDATED, "BundleUpdated",
            BundleEvent.UNINSTALLED, "BundleUninstalled",
            BundleEvent.STARTED, "BundleStarted",
            BundleEvent.STOPPED, "BundleStopped");

    private final TrailService trail;
    private final Bundle framework;
    private final BundleContext context;

    @Activate
    public RuntimeChanges(@Reference TrailService trail, BundleContext context) {
        this.trail = trail;
        this.context = context;
        this.framework = context.getBundle(0);
        context.addBundleListener(this);
    }

    @Deactivate
    void stop() {
        context.removeBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        String name = TOLD.get(event.getType());
        // what comes with the server and goes with it is the server's own start and stop
        if (name == null || framework.getState() != Bundle.ACTIVE) {
            return;
        }
        Bundle bundle = event.getBundle();
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("bundle", String.valueOf(bundle.getSymbolicName()));
        parameters.put("version", bundle.getVersion().toString());
        parameters.put("location", bundle.getLocation());
        tell(name, parameters);
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (framework.getState() != Bundle.ACTIVE || event.getType() == ConfigurationEvent.CM_LOCATION_CHANGED) {
            return;
        }
        boolean deleted = event.getType() == ConfigurationEvent.CM_DELETED;
        tell(deleted ? "ConfigurationDeleted" : "ConfigurationUpdated", Map.of("pid", event.getPid()));
    }

    private void tell(String name, Map<String, Object> parameters) {
        trail.recorder().note(AuditEvent.ofServer("runtime", name, parameters, Optional.empty()), List.of());
    }
}
