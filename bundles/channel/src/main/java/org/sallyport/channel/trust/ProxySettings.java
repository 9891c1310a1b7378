package org.sallyport.channel.trust;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which HTTP proxy stands between here and a server, as the variables {@code HTTPS_PROXY} and {@code NO_PROXY} say (either case).
 * Loopback addresses are never reached through a proxy. Immutable; any thread.
 *
 * @param proxy address of the proxy, unresolved; empty for direct connections
 * @param exceptions host names and their domains ({@code example.org}, {@code .example.org}), addresses, {@code *} for all
 */
public record ProxySettings(Optional<InetSocketAddress> proxy, List<String> exceptions) {

    public ProxySettings {
        exceptions = List.copyOf(exceptions);
    }

    /** No proxy. */
    public static ProxySettings direct() {
        return new ProxySettings(Optional.empty(), List.of());
    }

    /**
     * @throws IllegalArgumentException the proxy is not {@code [http://]host[:port]}, or carries a password, which is not supported
     */
    public static ProxySettings fromEnvironment(Map<String, String> environment) {
        Optional<InetSocketAddress> proxy =
                first(environment, "https_proxy", "HTTPS_PROXY").map(ProxySettings::address);
        List<String> exceptions = first(environment, "no_proxy", "NO_PROXY").stream()
                .flatMap(list -> Stream.of(list.split(",")))
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .toList();
        return new ProxySettings(proxy, exceptions);
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

    /** The same rules for the JDK's HTTP client. */
    public ProxySelector selector() {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(proxyFor(uri.getHost(), uri.getPort() < 0 ? 443 : uri.getPort())
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

    private static InetSocketAddress address(String text) {
        URI uri = URI.create(text.contains("://") ? text : "http://" + text);
        if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("HTTPS_PROXY must be http://host:port");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("HTTPS_PROXY with a user name is not supported; give http://host:port");
        }
        return InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort());
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
