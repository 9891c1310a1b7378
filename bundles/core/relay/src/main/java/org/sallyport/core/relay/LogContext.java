package org.sallyport.core.relay;

import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/** Puts the session or the node that a thread works for into each line that it logs meanwhile, this bundle's lines and those of the services called. */
final class LogContext {
    private static final Pattern NODE = Pattern.compile("mi-[0-9a-f]{17}|i-[0-9a-f]{8}(?:[0-9a-f]{9})?");

    private LogContext() {}

    /** @param key id of a session or of a node */
    static void run(String key, Runnable work) {
        String name = NODE.matcher(key).matches() ? "node" : "session";
        MDC.put(name, key);
        try {
            work.run();
        } finally {
            MDC.remove(name);
        }
    }

    /** Runs what it gets on that pool, within the context. */
    static Executor on(Executor pool, String key) {
        return task -> pool.execute(() -> run(key, task));
    }
}
