package org.sallyport.core.edge;

import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Configuration Admin with one configuration, the web server's; absent is empty. Other methods are not there. */
final class FakeConfigurations {
    final Map<String, Object> settings = new ConcurrentHashMap<>();
    final BlockingQueue<String> history = new LinkedBlockingQueue<>();

    ConfigurationAdmin admin() {
        return proxy(ConfigurationAdmin.class, (method, arguments) -> switch (method) {
            case "getConfiguration" -> configuration();
            case "listConfigurations" -> settings.isEmpty() ? null : new Configuration[] {configuration()};
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private Configuration configuration() {
        return proxy(Configuration.class, (method, arguments) -> switch (method) {
            case "updateIfDifferent" -> update((Dictionary<?, ?>) arguments[0]);
            case "delete" -> {
                settings.clear();
                history.add("deleted");
                yield null;
            }
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private boolean update(Dictionary<?, ?> wanted) {
        Map<String, Object> next = new HashMap<>();
        Collections.list(wanted.keys()).forEach(k -> next.put((String) k, wanted.get(k)));
        if (settings.keySet().equals(next.keySet())
                && next.keySet().stream().allMatch(k -> Objects.deepEquals(settings.get(k), next.get(k)))) {
            return false;
        }
        settings.putAll(next);
        history.add("updated");
        return true;
    }

    private interface Behaviour {
        Object call(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Behaviour behaviour) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> behaviour.call(method.getName(), arguments)));
    }
}
