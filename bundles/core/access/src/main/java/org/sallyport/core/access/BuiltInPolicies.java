package org.sallyport.core.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The managed policies that come with the server, read once from this bundle. They belong to the account {@code aws}. */
final class BuiltInPolicies {
    /** All of the server. */
    static final BuiltIn ADMINISTRATOR =
            read("ANPAIWMBCKSKIEE64ZLYK", "AdministratorAccess", "Provides full access to all services and resources.");

    /** What a managed node needs. */
    static final BuiltIn NODE = read(
            "ANPAIXSHM2BNB2D3AXXRU",
            "AmazonSSMManagedInstanceCore",
            "The policy for a role of managed nodes, to enable core functionality.");

    /** What a node may do that proved its key alone; nothing can be given it. */
    static final BuiltIn NODE_KEY = read("ANPASALLYPORTNODEKEY2", "NodeKey", "");

    /** Those of AWS that people attach who work with nodes, with the actions that this server has; in the order of their names. */
    private static final List<BuiltIn> ATTACHABLE = List.of(
            ADMINISTRATOR,
            read("ANPASALLYPORTSSMFULL4", "AmazonSSMFullAccess", "Provides full access to Amazon SSM."),
            read(
                    "ANPASALLYPORTSSMHOST4",
                    "AmazonSSMManagedEC2InstanceDefaultPolicy",
                    "The policy for the default role of cloud instances, to enable core functionality."),
            NODE,
            read("ANPASALLYPORTSSMREAD4", "AmazonSSMReadOnlyAccess", "Provides read only access to Amazon SSM."),
            read("ANPASALLYPORTIAMFULL4", "IAMFullAccess", "Provides full access to IAM."),
            read("ANPASALLYPORTIAMREAD4", "IAMReadOnlyAccess", "Provides read only access to IAM."),
            read("ANPASALLYPORTREADONLY", "ReadOnlyAccess", "Provides read-only access to services and resources."));

    /** A policy of the path {@code /}, in its first version. */
    record BuiltIn(String id, String name, String description, String document) {}

    private BuiltInPolicies() {}

    /** In the order of their names. */
    static List<BuiltIn> all() {
        return ATTACHABLE;
    }

    static Optional<BuiltIn> byId(String id) {
        return ATTACHABLE.stream().filter(policy -> policy.id().equals(id)).findFirst();
    }

    static Optional<BuiltIn> byName(String name) {
        return ATTACHABLE.stream().filter(policy -> policy.name().equals(name)).findFirst();
    }

    private static BuiltIn read(String id, String name, String description) {
        String resource = "/policies/" + name + ".json";
        try (InputStream in = BuiltInPolicies.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing in the bundle");
            }
            return new BuiltIn(id, name, description, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
