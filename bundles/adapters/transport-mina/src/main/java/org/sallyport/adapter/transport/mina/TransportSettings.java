package org.sallyport.adapter.transport.mina;

import java.time.Duration;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/**
 * Checked configuration.
 *
 * @param handshake from the TCP connection to the end of the TLS handshake
 * @param request for one whole request, from its first byte (of a new connection: from the end of the handshake)
 * @param idle between two requests of a connection that is no web-socket
 * @param ping between two pings of ours
 * @param silence longest time without a byte from a web-socket's peer
 * @param maxPerAddress open connections of one peer address
 */
record TransportSettings(
        String host,
        int port,
        Duration handshake,
        Duration request,
        Duration idle,
        Duration ping,
        Duration silence,
        int maxConnections,
        int maxPerAddress,
        int workers) {
    static final int DEFAULT_PORT = 8444;
    static final String PORT_PROPERTY = "sallyport.channel.port";

    TransportSettings {
        require(!host.isBlank(), "host must not be empty");
        require(port >= 0 && port <= 65_535, "port must be 0 to 65535, not " + port);
        require(maxConnections >= 1, "max.connections must be at least 1");
        require(maxPerAddress >= 1, "max.per.address must be at least 1");
        require(workers >= 1 && workers <= 256, "workers must be 1 to 256, not " + workers);
        for (Duration time : new Duration[] {handshake, request, idle, ping, silence}) {
            require(!time.isNegative() && !time.isZero(), "deadlines must be at least 1");
        }
        require(silence.compareTo(ping) > 0, "silence.seconds must be longer than ping.seconds");
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
                Duration.ofSeconds(config.handshake_seconds()),
                Duration.ofSeconds(config.request_seconds()),
                Duration.ofSeconds(config.idle_seconds()),
                Duration.ofSeconds(config.ping_seconds()),
                Duration.ofSeconds(config.silence_seconds()),
                config.max_connections(),
                config.max_per_address(),
                config.workers());
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new SallyportException(CommonError.INVALID_ARGUMENT, "Channel port: " + message);
        }
    }
}
