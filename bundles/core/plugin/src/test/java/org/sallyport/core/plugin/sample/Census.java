package org.sallyport.core.plugin.sample;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** Goes through all bundles when it is initialised, and says in a system property which there were. */
public final class Census {
    public static final String PROPERTY = "org.example.census";

    static {
        System.setProperty(
                PROPERTY,
                Arrays.stream(FrameworkUtil.getBundle(Census.class)
                                .getBundleContext()
                                .getBundles())
                        .map(Bundle::getSymbolicName)
                        .collect(Collectors.joining(" ")));
    }

    private Census() {}
}
