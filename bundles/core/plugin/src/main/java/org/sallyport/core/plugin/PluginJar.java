package org.sallyport.core.plugin;

import java.nio.file.Path;
import java.util.jar.Manifest;
import org.osgi.framework.Version;

/**
 * A checked jar in the store.
 *
 * @param sha256 of its content, lower-case hexadecimal
 */
record PluginJar(String symbolicName, Version version, String sha256, Path stored, Manifest manifest) {}
