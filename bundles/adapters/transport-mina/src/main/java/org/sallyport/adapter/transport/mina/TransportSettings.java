package org.sallyport.adapter.transport.mina;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/**
 * Checked configuration.
 *
 * @param proxies peers whose PROXY header names the source address; it is demanded of them
 */
record TransportSettings(String host, int port, Deadlines deadlines, Caps caps, AddressRanges proxies, int workers) {
    static final int DEFAULT_PORT = 8444;
    static final String PORT_PROPERTY = "sallyport.channel.port";

    /**
     * How long a peer may take.
     *
     * @param handshake from the TCP connection to the end of the TLS handshake, a PROXY header included
     * @param request for one whole request, from its first byte (of a new connection: from the end of the handshake)
     * @param idle between two requests of a connection that is no web-socket
     * @param firstMessage from the upgrade to the end of the first message
     * @param message from the first byte of a message to its last, while it is read
     * @param ping between two pings of ours
     * @param silence longest time without a byte from a web-socket's peer
     */
    record Deadlines(
            Duration handshake,
            Duration request,
            Duration idle,
            Duration firstMessage,
            Duration message,
            Duration ping,
            Duration silence) {
        Deadlines {
            require(
                    Stream.of(handshake, request, idle, firstMessage, message, ping, silence)
                            .noneMatch(time -> time.isNegative() || time.isZero()),
                    "deadlines must be at least 1");
            require(silence.compareTo(ping) > 0, "silence.seconds must be longer than ping.seconds");
        }
    }

    /**
     * How many connections there may be.
     *
     * @param total open ones
     * @param perAddress open ones of one source
     * @param pending those that have not sent the first message of a web-socket yet
     * @param pendingPerAddress the same of one source
     */
    record Caps(int total, int perAddress, int pending, int pendingPerAddress) {
        Caps {
            require(total >= 1, "max.connections must be at least 1");
            require(perAddress >= 1, "max.per.address must be at least 1");
            require(pending >= 1, "max.pending must be at least 1");
            require(pendingPerAddress >= 1, "max.pending.per.address must be at least 1");
        }
    }

    TransportSettings {
        require(!host.isBlank(), "host must not be empty");
        require(port >= 0 && port <= 65_535, "port must be 0 to 65535, not " + port);
        require(workers >= 1 && workers <= 256, "workers must be 1 to 256, not " + workers);
    }

    /** @param frameworkPort value of {@value #PORT_PROPERTY}, null when it is not set; counts when the configuration names no port */
    static TransportSettings from(MinaTransport.Config config, String frameworkPort) {
        int port = config.port();
        if (port < 0) {
            try {
                port = frameworkPort == null ? DEFAULT_PORT : Integer.parseInt(frameworkPort.strip());
            } catch (NumberFormatException e) {
                throw new SallyportException(
                        CommonError.INVALID_ARGUMENT, PORT_PROPERTY + " is not a port number: " + frameworkPort, e);
            }
        }
        return new TransportSettings(
                config.host(),
                port,
                new Deadlines(
                        Duration.ofSeconds(config.handshake_seconds()),
                        Duration.ofSeconds(config.request_seconds()),
                        Duration.ofSeconds(config.idle_seconds()),
                        Duration.ofSeconds(config.first_message_seconds()),
                        Duration.ofSeconds(config.message_seconds()),
                        Duration.ofSeconds(config.ping_seconds()),
                        Duration.ofSeconds(config.silence_seconds())),
                new Caps(
                        config.max_connections(),
                        config.max_per_address(),
                        config.max_pending(),
                        config.max_pending_per_address()),
                proxies(config.proxy_from()),
                config.workers());
    }

    private static AddressRanges proxies(String[] configured) {
        try {
            return AddressRanges.parse(List.of(configured));
        } catch (IllegalArgumentException e) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT, "Channel port: proxy.from: " + e.getMessage(), e);
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new SallyportException(CommonError.INVALID_ARGUMENT, "Channel port: " + message);
        }
    }
}
