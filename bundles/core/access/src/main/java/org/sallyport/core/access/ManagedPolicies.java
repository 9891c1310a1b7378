package org.sallyport.core.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The managed policies that come with the server, read once from this bundle. */
final class ManagedPolicies {
    static final String ADMINISTRATOR = "AdministratorAccess";
    static final String NODE = "AmazonSSMManagedInstanceCore";
    static final String NODE_KEY = "NodeKey";

    private static final Map<String, String> DOCUMENTS = Stream.of(ADMINISTRATOR, NODE, NODE_KEY)
            .collect(Collectors.toMap(Function.identity(), ManagedPolicies::read));

    private ManagedPolicies() {}

    /** The policy's document as JSON text. */
    static Optional<String> document(String name) {
        return Optional.ofNullable(DOCUMENTS.get(name));
    }

    private static String read(String name) {
        String resource = "/policies/" + name + ".json";
        try (InputStream in = ManagedPolicies.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing in the bundle");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
