package org.sallyport.channel.trust;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which HTTP proxy stands between here and a server, as the variables {@code HTTPS_PROXY} and {@code NO_PROXY} say (either case).
 * Loopback addresses are never reached through a proxy. A user name with password goes to the proxy with each CONNECT (RFC 7617), in the clear
 * as the proxy's own connection is; it never reaches a server. Immutable; any thread.
 *
 * @param proxy address of the proxy, unresolved; empty for direct connections
 * @param exceptions host names and their domains ({@code example.org}, {@code .example.org}), addresses, {@code *} for all
 * @param authorization value of {@link #AUTHORIZATION}, secret
 */
public record ProxySettings(
        Optional<InetSocketAddress> proxy, List<String> exceptions, Optional<String> authorization) {
    /** The header that a proxy reads. */
    public static final String AUTHORIZATION = "Proxy-Authorization";

    static {
        // Java's HTTP client refuses passwords for tunnels unless it was told otherwise before it was first used; here
        // a person gave one for that.
        if (System.getProperty("jdk.http.auth.tunneling.disabledSchemes") == null) {
            System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        }
    }

    public ProxySettings {
        exceptions = List.copyOf(exceptions);
    }

    /** A proxy that asks for no password. */
    public ProxySettings(Optional<InetSocketAddress> proxy, List<String> exceptions) {
        this(proxy, exceptions, Optional.empty());
    }

    /** No proxy. */
    public static ProxySettings direct() {
        return new ProxySettings(Optional.empty(), List.of());
    }

    /**
     * @throws IllegalArgumentException the proxy is not {@code [http://][user:password@]host[:port]}; the text holds nothing of a password
     */
    public static ProxySettings fromEnvironment(Map<String, String> environment) {
        Optional<URI> proxy = first(environment, "https_proxy", "HTTPS_PROXY").map(ProxySettings::address);
        List<String> exceptions = first(environment, "no_proxy", "NO_PROXY").stream()
                .flatMap(list -> Stream.of(list.split(",")))
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .toList();
        return new ProxySettings(
                proxy.map(uri ->
                        InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort())),
                exceptions,
                proxy.map(URI::getUserInfo).map(ProxySettings::basic));
    }

    /** The proxy to ask for a connection to this host; empty for a direct one. */
    public Optional<InetSocketAddress> proxyFor(String host, int port) {
        String name = host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
        if (isLoopback(name)) {
            return Optional.empty();
        }
        boolean excepted = exceptions.stream().anyMatch(entry -> matches(entry, name, port));
        return excepted ? Optional.empty() : proxy;
    }

    /** What the proxy of a request is to be told of who asks; the JDK's HTTP client takes it for CONNECT and does not let a server see it. */
    public Optional<String> authorizationFor(URI uri) {
        return proxyFor(uri.getHost(), portOf(uri)).flatMap(hop -> authorization);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "ProxySettings[%s, except %s]".formatted(proxy, exceptions);
    }

    private static int portOf(URI uri) {
        return uri.getPort() < 0 ? 443 : uri.getPort();
    }

    /** The same rules for the JDK's HTTP client. */
    public ProxySelector selector() {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(proxyFor(uri.getHost(), portOf(uri))
                        .map(p -> new Proxy(Proxy.Type.HTTP, new InetSocketAddress(p.getHostString(), p.getPort())))
                        .orElse(Proxy.NO_PROXY));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                // The caller gets the failure itself; there is no second proxy to try.
            }
        };
    }

    private static Optional<String> first(Map<String, String> environment, String... names) {
        return Stream.of(names)
                .map(environment::get)
                .filter(value -> value != null && !value.isBlank())
                .map(String::strip)
                .findFirst();
    }

    private static URI address(String text) {
        URI uri;
        try {
            uri = URI.create(text.contains("://") ? text : "http://" + text);
        } catch (IllegalArgumentException e) {
            // without the cause, whose text repeats what may be a password
            throw new IllegalArgumentException(
                    "HTTPS_PROXY must be http://[user:password@]host:port; other characters in a password are written %XX");
        }
        if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("HTTPS_PROXY must be http://[user:password@]host:port");
        }
        return uri;
    }

    private static String basic(String userInfo) {
        String whole = userInfo.contains(":") ? userInfo : userInfo + ":";
        return "Basic " + Base64.getEncoder().encodeToString(whole.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isLoopback(String name) {
        return name.equals("localhost") || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}") || name.equals("::1");
    }

    private static boolean matches(String entry, String host, int port) {
        if (entry.equals("*")) {
            return true;
        }
        String pattern = entry;
        int colon = entry.lastIndexOf(':');
        if (colon > 0 && entry.indexOf(':') == colon) {
            if (!entry.substring(colon + 1).equals(Integer.toString(port))) {
                return false;
            }
            pattern = entry.substring(0, colon);
        }
        String domain = pattern.startsWith("*.") ? pattern.substring(1) : pattern;
        String suffix = domain.startsWith(".") ? domain : "." + domain;
        return host.equals(pattern) || host.endsWith(suffix);
    }
}
