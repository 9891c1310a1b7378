package org.sallyport.front.enrol;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An archive of the agent with its own Java, as {@code distro/package-agent} makes it.
 *
 * @param platform {@code linux}, {@code macos} or {@code windows}
 * @param file where it is
 * @param size in bytes
 * @param changed milliseconds since 1970
 * @param sha256 of its content
 */
record AgentPackage(String name, String platform, Path file, long size, long changed, String sha256) {
    /** More than any package has. */
    static final long MOST_BYTES = 499_999_999;

    private static final Pattern NAME = Pattern.compile(
            "sallyport-agent-[A-Za-z0-9.+-]{1,100}-(?:(linux|macos)-(?:x64|aarch64)\\.tar\\.gz|(windows)-x64\\.zip)");

    /** The platform that the name of a package says; empty when it is no package's name. */
    static Optional<String> platform(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(matcher.group(1) == null ? 2 : 1)) : Optional.empty();
    }
}
