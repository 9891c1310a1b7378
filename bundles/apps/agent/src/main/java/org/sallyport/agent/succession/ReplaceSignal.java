package org.sallyport.agent.succession;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGUSR1, by which a service manager has the agent replaced. Not SIGHUP: a virtual machine that starts takes that for its end, and one that was told
 * to ignore it never listens to it. This one is ignored until it is listened to, as the start script says, so that two of them do no harm.
 * Java has no other way to signals than a class that compilers warn of, and that a runtime may lack.
 */
public final class ReplaceSignal {
    private static final Logger LOG = LoggerFactory.getLogger(ReplaceSignal.class);

    private ReplaceSignal() {}

    /** @param work for each signal, on a thread of the virtual machine; must not block */
    public static void on(Runnable work) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler handle = (proxy, method, arguments) -> {
                switch (method.getName()) {
                    case "handle" -> {
                        work.run();
                        return null;
                    }
                    case "equals" -> {
                        return proxy == arguments[0];
                    }
                    case "hashCode" -> {
                        return System.identityHashCode(proxy);
                    }
                    default -> {
                        return ReplaceSignal.class.getName();
                    }
                }
            };
            Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, handle);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("USR1"), proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.warn("This agent cannot be replaced while it runs: {}", e.toString());
        }
    }
}
