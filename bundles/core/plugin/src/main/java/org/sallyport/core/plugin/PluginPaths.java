package org.sallyport.core.plugin;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/**
 * Where things lie.
 *
 * @param folder the operator's jars, {@code <sallyport.home>/plugins} unless {@code sallyport.plugins} says otherwise
 * @param store jars by the SHA-256 of their content
 * @param desired the lock file of the desired state
 */
record PluginPaths(Path folder, Path store, Path desired) {
    static PluginPaths from(UnaryOperator<String> properties) {
        String plugins = properties.apply("sallyport.plugins");
        Path folder = plugins == null || plugins.isBlank()
                ? required(properties, "sallyport.home").resolve("plugins")
                : absolute(plugins);
        return in(folder, required(properties, "sallyport.data").resolve("plugins"));
    }

    static PluginPaths in(Path folder, Path data) {
        return new PluginPaths(folder, data.resolve("store"), data.resolve("desired.json"));
    }

    private static Path required(UnaryOperator<String> properties, String name) {
        String value = properties.apply(name);
        if (value == null || value.isBlank()) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT, "Plugins: the framework property %s is not set".formatted(name));
        }
        return absolute(value);
    }

    private static Path absolute(String path) {
        return Path.of(path.strip()).toAbsolutePath().normalize();
    }
}
