package org.sallyport.core.store;

import java.util.Hashtable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.BundleTracker;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the migrations of each bundle that starts, on the thread that starts it, and registers its {@link Schema} while it is
 * active. A bundle whose migrations are refused stays without; its components then wait and the log says why.
 */
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=org.sallyport.kernel.store.Schema",
        uses = Schema.class)
@Component(service = {})
public final class SchemaTracker {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaTracker.class);

    private final BundleContext context;
    private final Transactions transactions;
    private final BundleTracker<ServiceRegistration<Schema>> tracker;

    @Activate
    public SchemaTracker(BundleContext context, @Reference Transactions transactions) {
        this.context = context;
        this.transactions = transactions;
        tracker = new BundleTracker<>(context, Bundle.ACTIVE, null) {
            @Override
            public ServiceRegistration<Schema> addingBundle(Bundle bundle, BundleEvent event) {
                return schema(bundle);
            }

            @Override
            public void removedBundle(Bundle bundle, BundleEvent event, ServiceRegistration<Schema> registration) {
                registration.unregister();
            }
        };
        tracker.open();
    }

    @Deactivate
    void deactivate() {
        tracker.close();
    }

    private ServiceRegistration<Schema> schema(Bundle bundle) {
        try {
            Migrations migrations = Migrations.inBundle(bundle);
            if (migrations.isEmpty()) {
                return null;
            }
            int version = migrations.apply(transactions);
            Hashtable<String, Object> properties = new Hashtable<>();
            properties.put(Schema.BUNDLE, bundle.getSymbolicName());
            return context.registerService(Schema.class, () -> version, properties);
        } catch (RuntimeException e) {
            LOG.error("No schema for bundle {}: {}", bundle.getSymbolicName(), e.getMessage(), e);
            return null;
        }
    }
}
