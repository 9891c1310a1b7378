package org.sallyport.core.edge.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names and addresses of hosts, as text. Nothing here asks a name server. */
public final class HostNames {
    private static final Pattern DNS_LABEL = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private HostNames() {}

    /** Whether it is a DNS name (RFC 1123) of at most 253 characters and no IP address. */
    public static boolean isDnsName(String name) {
        if (name.isEmpty() || name.length() > 253 || IPV4.matcher(name).matches()) {
            return false;
        }
        for (String label : name.split("\\.", -1)) {
            if (!DNS_LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is a literal IPv4 or IPv6 address. */
    public static boolean isAddress(String text) {
        return canonicalAddress(text).isPresent();
    }

    /** Lower-case DNS name, or the canonical form of an address, so that two spellings of one name are equal. */
    static String canonical(String name) {
        return canonicalAddress(name).orElseGet(() -> name.toLowerCase(Locale.ROOT));
    }

    /** The form that a URL takes: IPv6 addresses in brackets. */
    public static String inUrl(String name) {
        return name.indexOf(':') >= 0 ? "[" + name + "]" : name;
    }

    private static Optional<String> canonicalAddress(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            // a literal of these characters is parsed, never looked up
            return Optional.of(InetAddress.getByName(text).getHostAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
