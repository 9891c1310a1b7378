package org.sallyport.api.edge;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How a machine becomes a node with one line, which checks the server by its certificate authority's fingerprint and the install script by its
 * hash before it runs anything. Any thread; reads files.
 */
@ProviderType
public interface Enrolment {

    /**
     * The line for each platform that this server has a package for, by {@code linux}, {@code macos} and {@code windows}; for a POSIX shell or
     * PowerShell, at most 4,096 characters. It asks for the activation's code, or takes it from the standard input.
     *
     * @param activationId 36 characters
     * @throws IllegalArgumentException the id is no activation's
     */
    Map<String, String> lines(String activationId);
}
