package org.sallyport.channel.websocket;

import java.time.Duration;

/**
 * Times of a web-socket.
 *
 * @param openDeadline from the first packet to the server's acceptance: name, TCP, proxy, TLS and upgrade together
 * @param pingInterval between two of our pings
 * @param firstReadDeadline for the first pong after opening
 * @param pongDeadline from one pong to the next
 * @param anythingCounts whether whatever comes from the server is as good as a pong: a pong may have to wait behind much else on a slow link
 */
public record WebSocketSettings(
        Duration openDeadline,
        Duration pingInterval,
        Duration firstReadDeadline,
        Duration pongDeadline,
        boolean anythingCounts) {

    /** As the node's agent does it (node-agent specification, section 5.6): ping every 54 s, first pong within 114 s, then within 60 s. */
    public static final WebSocketSettings DEFAULT = new WebSocketSettings(
            Duration.ofSeconds(20), Duration.ofSeconds(54), Duration.ofSeconds(114), Duration.ofSeconds(60));

    /** Only pongs count. */
    public WebSocketSettings(
            Duration openDeadline, Duration pingInterval, Duration firstReadDeadline, Duration pongDeadline) {
        this(openDeadline, pingInterval, firstReadDeadline, pongDeadline, false);
    }

    public WebSocketSettings {
        if (pongDeadline.compareTo(pingInterval) <= 0 || firstReadDeadline.compareTo(pingInterval) <= 0) {
            throw new IllegalArgumentException("The pong deadlines must be longer than the ping interval");
        }
        if (pingInterval.isNegative() || pingInterval.isZero() || openDeadline.isNegative() || openDeadline.isZero()) {
            throw new IllegalArgumentException("The times must be positive");
        }
    }
}
