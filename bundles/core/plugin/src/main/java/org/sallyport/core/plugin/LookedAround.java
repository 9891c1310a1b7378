package org.sallyport.core.plugin;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A class that goes through all bundles once, when it is initialised, and is spoiled for the life of the process when one of them is taken
 * away or updated at that moment. {@link #now} has it do so before the first plugin is touched.
 */
record LookedAround(String bundle, String className) {
    /** Jersey's search for providers, which is otherwise initialised by the first front: none would be mounted any more. */
    static final LookedAround JERSEY =
            new LookedAround("org.glassfish.jersey.core.jersey-common", "org.glassfish.jersey.internal.ServiceFinder");

    private static final Logger LOG = LoggerFactory.getLogger(LookedAround.class);

    /** Does nothing where that bundle does not run. */
    void now(BundleContext context) {
        for (Bundle candidate : context.getBundles()) {
            if (bundle.equals(candidate.getSymbolicName()) && candidate.getState() == Bundle.ACTIVE) {
                initialise(candidate.adapt(BundleWiring.class));
            }
        }
    }

    private void initialise(BundleWiring wiring) {
        try {
            Class.forName(className, true, wiring.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            LOG.warn("{} of {} was not initialised ahead: {}", className, bundle, e.toString(), e);
        }
    }
}
