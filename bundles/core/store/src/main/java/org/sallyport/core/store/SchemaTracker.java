package org.sallyport.core.store;

import java.util.Hashtable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the migrations of each bundle that starts, on the thread that starts it, and registers its {@link Schema} while it is
 * active. A bundle whose migrations are refused stays without; its components then wait and the log says why. While the database is away
 * its thread tries again every other second.
 */
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=org.sallyport.kernel.store.Schema",
        uses = Schema.class)
@Component(service = {})
public final class SchemaTracker {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaTracker.class);
    private static final long AGAIN_MILLIS = 2_000;

    private final BundleContext context;
    private final Transactions transactions;
    private final ScheduledExecutorService later;
    private final BundleTracker<Applied> tracker;

    @Activate
    public SchemaTracker(BundleContext context, @Reference Transactions transactions) {
        this.context = context;
        this.transactions = transactions;
        later = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "sallyport-store-schema-1");
            thread.setDaemon(true);
            return thread;
        });
        tracker = new BundleTracker<>(context, Bundle.ACTIVE, null) {
            @Override
            public Applied addingBundle(Bundle bundle, BundleEvent event) {
                Applied applied = new Applied(bundle);
                return applied.start() ? applied : null;
            }

            @Override
            public void removedBundle(Bundle bundle, BundleEvent event, Applied applied) {
                applied.stop();
            }
        };
        tracker.open();
    }

    @Deactivate
    void deactivate() {
        later.shutdownNow();
        tracker.close();
    }

    /** One bundle with migrations. */
    private final class Applied {
        private final Bundle bundle;
        private ServiceRegistration<Schema> registration;
        private boolean stopped;
        private boolean told;

        private Applied(Bundle bundle) {
            this.bundle = bundle;
        }

        /** Whether there is something to stop later. */
        private boolean start() {
            try {
                Migrations migrations = Migrations.inBundle(bundle);
                if (migrations.isEmpty()) {
                    return false;
                }
                apply(migrations);
                return true;
            } catch (RuntimeException e) {
                refused(e);
                return false;
            }
        }

        private void apply(Migrations migrations) {
            try {
                register(migrations.apply(transactions));
            } catch (SallyportException e) {
                if (e.code() != CommonError.SERVICE_AWAY) {
                    throw e;
                }
                if (!told) {
                    LOG.warn("No schema yet for bundle {}, the database is away", bundle.getSymbolicName(), e);
                    told = true;
                }
                later.schedule(() -> again(migrations), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            }
        }

        private void again(Migrations migrations) {
            try {
                if (!isStopped()) {
                    apply(migrations);
                }
            } catch (RuntimeException e) {
                refused(e);
            }
        }

        private void register(int version) {
            Hashtable<String, Object> properties = new Hashtable<>();
            properties.put(Schema.BUNDLE, bundle.getSymbolicName());
            ServiceRegistration<Schema> mine = context.registerService(Schema.class, () -> version, properties);
            if (!keep(mine)) {
                mine.unregister();
            }
        }

        /** False when the bundle has stopped meanwhile. */
        private synchronized boolean keep(ServiceRegistration<Schema> mine) {
            if (!stopped) {
                registration = mine;
            }
            return !stopped;
        }

        private void stop() {
            ServiceRegistration<Schema> mine;
            synchronized (this) {
                stopped = true;
                mine = registration;
                registration = null;
            }
            if (mine != null) {
                mine.unregister();
            }
        }

        private synchronized boolean isStopped() {
            return stopped;
        }

        private void refused(RuntimeException e) {
            LOG.error("No schema for bundle {}: {}", bundle.getSymbolicName(), e.getMessage(), e);
        }
    }
}
