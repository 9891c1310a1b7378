package org.sallyport.core.edge;

import java.net.URI;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.sallyport.api.edge.ServerAddress;

/** The server's address as configured; a change of the configuration registers a new one. */
@Component(configurationPid = EdgeConfig.PID)
@Designate(ocd = EdgeConfig.class)
public final class ConfiguredAddress implements ServerAddress {
    private final EdgeSettings settings;

    @Activate
    public ConfiguredAddress(BundleContext context, EdgeConfig config) {
        settings = EdgeSettings.from(config, context::getProperty);
    }

    @Override
    public String region() {
        return settings.region();
    }

    @Override
    public String accountId() {
        return settings.accountId();
    }

    @Override
    public URI api() {
        return settings.api();
    }

    @Override
    public URI channel() {
        return settings.channel();
    }
}
