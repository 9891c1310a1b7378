package org.sallyport.core.plugin;

import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** What a jar must say of itself to be an adapter. */
final class PluginManifest {
    static final String RING = "Sallyport-Ring";
    static final String ADAPTER = "adapter";
    static final Pattern SYMBOLIC_NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final int MAX_NAME_CHARS = 200;

    private PluginManifest() {}

    static PluginJar read(Manifest manifest, String sha256, Path stored) throws RefusedException {
        Attributes main = manifest.getMainAttributes();
        if (!"2".equals(main.getValue(Constants.BUNDLE_MANIFESTVERSION))) {
            throw new RefusedException("it is no OSGi bundle: Bundle-ManifestVersion must be 2");
        }
        String name = symbolicName(main);
        if (!ADAPTER.equals(main.getValue(RING))) {
            throw new RefusedException(
                    "its manifest lacks %s: %s; only adapters run from this folder".formatted(RING, ADAPTER));
        }
        if (main.getValue(Constants.FRAGMENT_HOST) != null) {
            throw new RefusedException("it is a fragment, which would change another bundle");
        }
        try {
            return new PluginJar(
                    name, Version.parseVersion(main.getValue(Constants.BUNDLE_VERSION)), sha256, stored, manifest);
        } catch (IllegalArgumentException e) {
            throw new RefusedException("its Bundle-Version is malformed", e);
        }
    }

    private static String symbolicName(Attributes main) throws RefusedException {
        String header = main.getValue(Constants.BUNDLE_SYMBOLICNAME);
        String name = header == null ? "" : header.split(";", 2)[0].strip();
        if (name.length() > MAX_NAME_CHARS || !SYMBOLIC_NAME.matcher(name).matches()) {
            throw new RefusedException("its Bundle-SymbolicName is missing or malformed");
        }
        return name;
    }
}
