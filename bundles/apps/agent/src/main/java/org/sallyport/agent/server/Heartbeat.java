package org.sallyport.agent.server;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.sallyport.channel.api.ServiceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the server that this node lives, and what it is (node-agent specification, section 4.1): a short ping and a full report at start,
 * then a report every five minutes, the first of these after a random part of that. A failure is logged and waits for the next one; it
 * never keeps the control channel from opening.
 */
public final class Heartbeat {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration INTERVAL = Duration.ofMinutes(5);

    private final NodeApi api;
    private final String agentVersion;
    private final BooleanSupplier connected;

    /** @param connected whether the control channel is open */
    public Heartbeat(NodeApi api, String agentVersion, BooleanSupplier connected) {
        this.api = api;
        this.agentVersion = agentVersion;
        this.connected = connected;
    }

    /** @param thread on which the server is called */
    public void start(ScheduledExecutorService thread) {
        thread.execute(() -> beat(true));
        thread.scheduleWithFixedDelay(
                () -> beat(false),
                ThreadLocalRandom.current().nextLong(INTERVAL.toMillis()),
                INTERVAL.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void beat(boolean first) {
        NodeFacts facts = NodeFacts.gather(agentVersion);
        try {
            if (first) {
                api.ping(facts);
            }
            api.report(facts, connected.getAsBoolean() ? "ssmmessages" : "");
        } catch (IOException | ServiceException | IllegalStateException e) {
            LOG.warn("The server did not take this node's report: {}", e.toString());
        }
    }
}
