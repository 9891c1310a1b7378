package org.sallyport.test.it.replacement;

import java.time.Instant;
import java.util.Arrays;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.sallyport.spi.identity.IdentityProvider;

/** The next version of the local realm: knows one password for everybody. */
public final class NewIdentityProvider implements BundleActivator, IdentityProvider {
    /** The one password. */
    public static final String PASSWORD = "known to the next version";

    @Override
    public void start(BundleContext context) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(REALM, LOCAL_REALM);
        context.registerService(IdentityProvider.class, this, properties);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework takes the service back.
    }

    @Override
    public boolean verifyPassword(String userName, char[] password, Instant deadline) {
        return Arrays.equals(password, PASSWORD.toCharArray());
    }

    @Override
    public void setPassword(String userName, char[] password, Instant deadline) {
        throw new IllegalStateException("this realm keeps no passwords");
    }
}
