package org.sallyport.front.enrol;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.sallyport.api.edge.ServerAddress;

/**
 * Writes the line: a static text, and arguments that are plain words by construction, so that nothing has to be quoted for a shell.
 *
 * @param server where machines find it
 * @param caFingerprint 64 hexadecimal digits
 * @param scriptHash 64 hexadecimal digits
 * @param windowsHash of the script for Windows
 */
record Lines(ServerAddress server, String caFingerprint, String scriptHash, String windowsHash) {
    private static final String WINDOWS = "windows";

    /** Platforms in the order in which they are shown. */
    static final List<String> PLATFORMS = List.of("linux", "macos", WINDOWS);

    private static final String TEXT = Script.line();
    private static final String WINDOWS_TEXT = Script.lineOnWindows();
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:/\\[\\]-]+");
    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");
    private static final int HTTPS = 443;

    /** For each of the platforms that there is a package for, without the activation's id. */
    Map<String, String> prefixes(List<AgentPackage> packages) {
        Map<String, String> lines = new LinkedHashMap<>();
        for (String platform : PLATFORMS) {
            if (packages.stream().anyMatch(one -> one.platform().equals(platform))) {
                lines.put(platform, platform.equals(WINDOWS) ? windowsPrefix() : prefix());
            }
        }
        return lines;
    }

    /** To which the id is added. */
    static String whole(String prefix, String activationId) {
        if (!ID.matcher(activationId).matches()) {
            throw new IllegalArgumentException("An activation's id has 36 characters");
        }
        return prefix + " --id " + activationId;
    }

    private String prefix() {
        return "sh -c '%s' enrol %s %s %s --channel-url %s --region %s"
                .formatted(
                        TEXT,
                        plain(origin(server.api())),
                        plain(caFingerprint),
                        plain(scriptHash),
                        plain(origin(server.channel())),
                        plain(server.region()));
    }

    /** For PowerShell, which takes a word with dots and digits alone for a number unless it is quoted. */
    private String windowsPrefix() {
        return "%s '%s' '%s' '%s' --channel-url '%s' --region '%s'"
                .formatted(
                        WINDOWS_TEXT,
                        plain(origin(server.api())),
                        plain(caFingerprint),
                        plain(windowsHash),
                        plain(origin(server.channel())),
                        plain(server.region()));
    }

    /** With its port, as what checks the certificate needs one. */
    private static String origin(URI address) {
        int port = address.getPort() < 0 ? HTTPS : address.getPort();
        return "https://" + address.getHost() + ":" + port;
    }

    private static String plain(String word) {
        if (!PLAIN.matcher(word).matches()) {
            throw new IllegalStateException("'" + word + "' cannot stand in a line for a shell");
        }
        return word;
    }
}
