package org.sallyport.test.it.replacement;

import java.time.Instant;
import java.util.List;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.spi.access.Authorizer;

/** The next version of the policy decision: allows one action and denies the rest, also to administrators. */
public final class NewAuthorizer implements BundleActivator, Authorizer {
    /** The one action that it allows. */
    public static final String ALLOWED = "ssm:DescribeSessions";

    @Override
    public void start(BundleContext context) {
        context.registerService(Authorizer.class, this, null);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework takes the service back.
    }

    @Override
    public Verdict decide(AccessRequest request, List<String> policies, Instant deadline) {
        return request.action().equals(ALLOWED) ? Verdict.ALLOWED : Verdict.IMPLICIT_DENY;
    }
}
