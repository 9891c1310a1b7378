package org.sallyport.core.audit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.audit.AuditEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the trail which adapters and other bundles came, went or were replaced while the server runs, and which settings of which configurations changed. Names
 * only: values may be secrets. Configuration Admin does not know who changed something; of a file, its owner is told. On the framework's and
 * Configuration Admin's threads; blocks at most for a look at that file.
 */
@Component(service = ConfigurationListener.class, immediate = true)
public final class RuntimeChanges implements ConfigurationListener, BundleListener {
    private static final Logger LOG = LoggerFactory.getLogger(RuntimeChanges.class);
    private static final Map<Integer, String> TOLD = Map.of(
            BundleEvent.INSTALLED, "BundleInstalled",
            BundleEvent.UPDATED, "BundleUpdated",
            BundleEvent.UNINSTALLED, "BundleUninstalled",
            BundleEvent.STARTED, "BundleStarted",
            BundleEvent.STOPPED, "BundleStopped");

    private final TrailService trail;
    private final Bundle framework;
    private final BundleContext context;
    private final ConfigurationAdmin configurations;
    private final KnownSettings settings = new KnownSettings();

    @Activate
    public RuntimeChanges(
            @Reference TrailService trail, @Reference ConfigurationAdmin configurations, BundleContext context) {
        this.trail = trail;
        this.configurations = configurations;
        this.context = context;
        this.framework = context.getBundle(0);
        context.addBundleListener(this);
        all("(service.pid=*)").forEach(one -> settings.look(one.getPid(), one.getProperties()));
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
        if (event.getType() == ConfigurationEvent.CM_LOCATION_CHANGED) {
            return;
        }
        boolean deleted = event.getType() == ConfigurationEvent.CM_DELETED;
        Optional<Configuration> now = deleted
                ? Optional.empty()
                : all("(service.pid=" + event.getPid() + ")").stream().findFirst();
        Dictionary<String, Object> held = now.map(Configuration::getProperties).orElse(null);
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("pid", event.getPid());
        parameters.put("settings", settings.changed(event.getPid(), held));
        if (held != null && held.get("felix.fileinstall.filename") instanceof String file) {
            parameters.putAll(ofFile(file));
        }
        // what a start sets up is no change
        if (framework.getState() == Bundle.ACTIVE) {
            tell(deleted ? "ConfigurationDeleted" : "ConfigurationUpdated", parameters);
        }
    }

    private List<Configuration> all(String filter) {
        try {
            Configuration[] found = configurations.listConfigurations(filter);
            return found == null ? List.of() : List.of(found);
        } catch (IOException | InvalidSyntaxException | IllegalStateException e) {
            LOG.warn("Audit: configurations cannot be listed: {}", e.getMessage());
            return List.of();
        }
    }

    /** The file that a configuration comes from, and whose it is. */
    static Map<String, Object> ofFile(String address) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("file", address);
        try {
            told.put("fileOwner", Files.getOwner(Path.of(URI.create(address))).getName());
        } catch (IOException | RuntimeException e) {
            LOG.debug("The owner of {} is not known", address, e);
        }
        return told;
    }

    private void tell(String name, Map<String, Object> parameters) {
        trail.recorder().note(AuditEvent.ofServer("runtime", name, parameters, Optional.empty()), List.of());
    }
}
