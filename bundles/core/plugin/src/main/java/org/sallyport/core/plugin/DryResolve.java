package org.sallyport.core.plugin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Asks the framework whether a jar would resolve, while the running one goes on.
 *
 * <p>The framework takes no second bundle of one name and version, and only one singleton of a name. So what is installed for a moment
 * is the manifest alone, under another name and without anything that would run.
 */
final class DryResolve {
    private static final String LOCATION = "sallyport-plugin-check:";
    private static final String SUFFIX = ".resolve-check";
    private static final List<String> INERT = List.of(
            Constants.BUNDLE_ACTIVATOR,
            Constants.BUNDLE_ACTIVATIONPOLICY,
            Constants.BUNDLE_CLASSPATH,
            Constants.BUNDLE_NATIVECODE,
            "Service-Component",
            "Sallyport-Ring");

    private final BundleContext context;
    private final FrameworkWiring wiring;

    DryResolve(BundleContext context) {
        this.context = context;
        this.wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    }

    void check(PluginJar jar) throws RefusedException {
        String location = LOCATION + jar.symbolicName();
        try {
            Bundle left = context.getBundle(location);
            if (left != null) {
                left.uninstall();
            }
            Bundle shadow = context.installBundle(location, new ByteArrayInputStream(shadow(jar)));
            try {
                if (!wiring.resolveBundles(Set.of(shadow))) {
                    // start is the only call that says why
                    shadow.start(Bundle.START_TRANSIENT);
                }
            } finally {
                shadow.uninstall();
                wiring.refreshBundles(Set.of(shadow));
            }
        } catch (BundleException | IOException | RuntimeException e) {
            throw new RefusedException("it does not resolve: " + Reasons.of(e).replace(SUFFIX, ""), e);
        }
    }

    private static byte[] shadow(PluginJar jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.putAll(jar.manifest().getMainAttributes());
        INERT.forEach(name -> main.remove(new Attributes.Name(name)));
        main.putValue(Constants.BUNDLE_SYMBOLICNAME, jar.symbolicName() + SUFFIX);
        if (main.getValue(Attributes.Name.MANIFEST_VERSION) == null) {
            main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new JarOutputStream(bytes, manifest).close();
        return bytes.toByteArray();
    }
}
