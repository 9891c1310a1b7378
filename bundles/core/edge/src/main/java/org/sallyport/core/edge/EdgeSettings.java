package org.sallyport.core.edge;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.core.edge.tls.HostNames;

/**
 * The configuration, checked.
 *
 * @param names at least one, the public name first
 * @param operatorTls the operator's own certificate; empty for the server's own authority
 */
record EdgeSettings(
        String region,
        String accountId,
        List<String> names,
        int apiPort,
        int channelPort,
        URI api,
        URI channel,
        int tlsDays,
        Optional<OperatorFiles> operatorTls) {

    /** PEM files of the operator's own certificate. */
    record OperatorFiles(Path chain, Path key, Path authority) {}

    private static final Pattern REGION = Pattern.compile("[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final int MAX_NAMES = 32;

    /**
     * @param properties framework and system properties by name, null when not set
     * @throws SallyportException {@code INVALID_ARGUMENT}, naming the attribute it refuses
     */
    static EdgeSettings from(EdgeConfig config, UnaryOperator<String> properties) {
        String region = firstSet(config.region(), properties.apply("sallyport.region"), "onprem-1");
        require(
                REGION.matcher(region).matches(),
                "region",
                region,
                "lower-case letters, digits and inner hyphens, at most 32");
        String account = config.account_id().trim();
        require(ACCOUNT.matcher(account).matches(), "account.id", account, "twelve digits");
        List<String> names = names(config, properties);
        int apiPort = port("api.port", config.api_port(), properties.apply("sallyport.api.port"), 8443);
        int channelPort = port("channel.port", config.channel_port(), properties.apply("sallyport.channel.port"), 8444);
        require(apiPort != channelPort, "channel.port", "" + channelPort, "another port than api.port");
        require(config.tls_days() >= 90 && config.tls_days() <= 397, "tls.days", "" + config.tls_days(), "90 to 397");
        String host = HostNames.inUrl(names.get(0));
        return new EdgeSettings(
                region,
                account,
                names,
                apiPort,
                channelPort,
                url("api.url", config.api_url(), "https", host, apiPort),
                url("channel.url", config.channel_url(), "wss", host, channelPort),
                config.tls_days(),
                operatorTls(config));
    }

    private static List<String> names(EdgeConfig config, UnaryOperator<String> properties) {
        String property = properties.apply("sallyport.names");
        String[] given =
                config.names().length > 0 || property == null ? config.names() : property.split(",", MAX_NAMES + 2);
        List<String> names = new ArrayList<>();
        for (String name : given) {
            String trimmed = name.trim();
            if (!trimmed.isEmpty() && !names.contains(trimmed)) {
                require(
                        HostNames.isDnsName(trimmed) || HostNames.isAddress(trimmed),
                        "names",
                        trimmed,
                        "DNS names and IP addresses without port");
                names.add(trimmed);
            }
        }
        require(names.size() <= MAX_NAMES, "names", Arrays.toString(given), "at most " + MAX_NAMES + " names");
        return names.isEmpty() ? List.of("localhost") : List.copyOf(names);
    }

    private static int port(String attribute, int configured, String property, int otherwise) {
        String text = configured != 0 ? "" + configured : firstSet(property, null, "" + otherwise);
        try {
            int port = Integer.parseInt(text);
            require(port >= 1 && port <= 65535, attribute, text, "1 to 65535");
            return port;
        } catch (NumberFormatException e) {
            throw refused(attribute, text, "1 to 65535");
        }
    }

    private static URI url(String attribute, String configured, String scheme, String host, int port) {
        if (configured.isBlank()) {
            return URI.create(scheme + "://" + host + ":" + port);
        }
        String wanted = scheme + "://host[:port], without path, query and user";
        try {
            URI url = new URI(configured.trim());
            String path = url.getRawPath();
            boolean bare = url.getRawQuery() == null && url.getRawFragment() == null && url.getRawUserInfo() == null;
            require(
                    scheme.equals(url.getScheme())
                            && url.getHost() != null
                            && bare
                            && (path.isEmpty() || path.equals("/")),
                    attribute,
                    configured,
                    wanted);
            return new URI(scheme, null, url.getHost(), url.getPort(), null, null, null);
        } catch (URISyntaxException e) {
            throw refused(attribute, configured, wanted);
        }
    }

    private static Optional<OperatorFiles> operatorTls(EdgeConfig config) {
        List<String> files = List.of(
                config.tls_chain().trim(),
                config.tls_key().trim(),
                config.tls_ca().trim());
        if (files.stream().allMatch(String::isEmpty)) {
            return Optional.empty();
        }
        require(
                files.stream().noneMatch(String::isEmpty),
                "tls.chain, tls.key, tls.ca",
                files.toString(),
                "all three or none of them");
        return Optional.of(new OperatorFiles(Path.of(files.get(0)), Path.of(files.get(1)), Path.of(files.get(2))));
    }

    private static String firstSet(String first, String second, String otherwise) {
        if (first != null && !first.isBlank()) {
            return first.trim();
        }
        return second != null && !second.isBlank() ? second.trim() : otherwise;
    }

    private static void require(boolean holds, String attribute, String value, String allowed) {
        if (!holds) {
            throw refused(attribute, value, allowed);
        }
    }

    private static SallyportException refused(String attribute, String value, String allowed) {
        return new SallyportException(
                CommonError.INVALID_ARGUMENT,
                "Configuration %s: %s is '%s'; allowed: %s".formatted(EdgeConfig.PID, attribute, value, allowed));
    }
}
