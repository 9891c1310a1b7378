package org.sallyport.test.faults;

import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.sallyport.kernel.recording.Journals;

/** Puts {@link FaultyJournals} before each {@link Journals} service of others. */
public final class FaultActivator implements BundleActivator {
    private static final int RANKING = 1_000;

    private ServiceTracker<Journals, ServiceRegistration<Journals>> tracker;

    @Override
    public void start(BundleContext context) {
        tracker = new ServiceTracker<>(context, Journals.class, new Front(context));
        tracker.open();
    }

    @Override
    public void stop(BundleContext context) {
        tracker.close();
    }

    private record Front(BundleContext context)
            implements ServiceTrackerCustomizer<Journals, ServiceRegistration<Journals>> {
        @Override
        public ServiceRegistration<Journals> addingService(ServiceReference<Journals> reference) {
            if (reference.getBundle().equals(context.getBundle())) {
                return null;
            }
            Path file = Path.of(context.getProperty(Fault.PROPERTY));
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put(Constants.SERVICE_RANKING, RANKING);
            return context.registerService(
                    Journals.class, new FaultyJournals(context.getService(reference), file), properties);
        }

        @Override
        public void modifiedService(ServiceReference<Journals> reference, ServiceRegistration<Journals> front) {
            // its properties do not matter here
        }

        @Override
        public void removedService(ServiceReference<Journals> reference, ServiceRegistration<Journals> front) {
            front.unregister();
            context.ungetService(reference);
        }
    }
}
