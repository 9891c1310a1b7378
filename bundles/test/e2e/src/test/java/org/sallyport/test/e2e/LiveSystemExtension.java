package org.sallyport.test.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one running system; it starts with the first test that asks and stops after the last. */
final class LiveSystemExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(LiveSystemExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LiveSystem.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(LiveSystem.class, type -> startUp(), LiveSystem.class);
    }

    private static LiveSystem startUp() {
        try {
            return LiveSystem.start(LiveSystem.work("live"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
