package org.sallyport.test.it.replacement;

import java.util.Optional;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.sallyport.spi.node.TierPolicy;

/** The next version of the tier policy: closes every tier, and says so. */
public final class NewTierPolicy implements BundleActivator, TierPolicy {
    /** What it says, and nobody else does. */
    public static final String TEXT = "closed by the next version";

    @Override
    public void start(BundleContext context) {
        context.registerService(TierPolicy.class, this, null);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework takes the service back.
    }

    @Override
    public Optional<Refusal> session(String tier, Target node) {
        return Optional.of(new Refusal("BadRequest", TEXT));
    }

    @Override
    public Optional<Refusal> registration(String tier, long hybridNodes) {
        return Optional.of(new Refusal("BadRequest", TEXT));
    }
}
