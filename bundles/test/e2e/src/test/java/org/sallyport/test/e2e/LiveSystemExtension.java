package org.sallyport.test.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one running system of their process; it starts with the first test that asks and stops when the process ends. A store of JUnit
 * would not do: where several processes share the classes, each class is a run of its own.
 */
final class LiveSystemExtension implements ParameterResolver {
    private static LiveSystem live;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LiveSystem.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return running();
    }

    private static synchronized LiveSystem running() {
        if (live == null) {
            try {
                LiveSystem started = LiveSystem.start(LiveSystem.work("live"));
                Runtime.getRuntime().addShutdownHook(new Thread(started::close, "live-system-stop"));
                live = started;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return live;
    }
}
