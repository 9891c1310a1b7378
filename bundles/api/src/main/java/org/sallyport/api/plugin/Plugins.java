package org.sallyport.api.plugin;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The adapters under {@code plugins/}: what is wanted, what runs, and what was refused and why. */
@ProviderType
public interface Plugins {

    /**
     * One adapter.
     *
     * @param symbolicName of its bundle
     * @param sha256 of the jar that runs, lower-case hexadecimal; empty when none does
     * @param version of the bundle that runs
     * @param state {@code active}, {@code stopped} or {@code refused}
     * @param problem why the newest jar was refused; the one before it goes on running
     */
    record Plugin(
            String symbolicName,
            Optional<String> version,
            Optional<String> sha256,
            String state,
            Optional<String> problem) {}

    /** A snapshot, by symbolic name. */
    List<Plugin> list();
}
