package org.sallyport.core.edge;

import java.lang.reflect.Proxy;
import java.util.Map;

/** Configurations with their defaults, but for the attributes named. */
final class Configs {
    private Configs() {}

    static EdgeConfig of(Map<String, Object> attributes) {
        return (EdgeConfig) Proxy.newProxyInstance(
                Configs.class.getClassLoader(),
                new Class<?>[] {EdgeConfig.class},
                (proxy, method, arguments) -> attributes.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
