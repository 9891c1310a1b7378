package org.sallyport.core.edge;

import java.util.Arrays;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * The paths of the API port that bundles answer, as the header {@value #HEADER} of their manifests says: of all that are installed, so also
 * while one has not started yet or is stopped. A path that ends with {@code /*} stands for all below it.
 */
@FunctionalInterface
interface FrontPaths {
    /** Name of the manifest's header; paths with commas between. */
    String HEADER = "Sallyport-Paths";

    /** Whether a bundle that is installed answers that path when it runs. */
    boolean has(String path);

    static FrontPaths of(BundleContext context) {
        return path -> Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getState() != Bundle.UNINSTALLED)
                .flatMap(bundle -> Stream.ofNullable(bundle.getHeaders("").get(HEADER)))
                .flatMap(header -> Arrays.stream(header.split(",")))
                .anyMatch(pattern -> fits(pattern.strip(), path));
    }

    private static boolean fits(String pattern, String path) {
        return pattern.endsWith("/*") && path.startsWith(pattern.substring(0, pattern.length() - 1))
                || path.equals(pattern);
    }
}
