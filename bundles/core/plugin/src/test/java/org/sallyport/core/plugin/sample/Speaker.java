package org.sallyport.core.plugin.sample;

import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Activator of the test's adapters: registers a service that says what its manifest says. */
public final class Speaker implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        String says = context.getBundle().getHeaders("").get("Test-Says");
        if (says.equals("nothing")) {
            throw new IllegalStateException("this one does not want to start");
        }
        context.registerService(Runnable.class, () -> {}, new Hashtable<>(Map.of("says", says)));
    }

    @Override
    public void stop(BundleContext context) {
        // the framework takes the service back
    }
}
