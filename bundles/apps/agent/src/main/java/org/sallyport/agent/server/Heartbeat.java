package org.sallyport.agent.server;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.sallyport.channel.Backoff;
import org.sallyport.channel.api.ServiceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the server that this node lives, and what it is (node-agent specification, section 4.1): a short ping and a full report at start,
 * then a report every five minutes, the first of these after a random part of that. A failure never keeps the control channel from opening.
 *
 * <p>What failed is tried again after 2.5 to 5 s, and then with pauses that grow up to the five minutes, each with a random part: a server that
 * is down for long is asked no more often than one that runs. When the control channel opens meanwhile, the server is there again, and what
 * it is owed comes within half a minute: not at once, since all nodes come back at that moment.
 */
public final class Heartbeat {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final Duration SPREAD = Duration.ofSeconds(30);

    /** What tells the server; blocks. */
    interface Teller {
        /** @param first whether it is the node's first one */
        void tell(boolean first) throws IOException;
    }

    private final Teller teller;
    private final ScheduledExecutorService thread;
    private final Backoff unreachable = new Backoff(Duration.ofSeconds(5), INTERVAL);
    private final Backoff refused = new Backoff(Duration.ofSeconds(20), INTERVAL);
    private boolean told;
    private boolean owed;
    private Future<?> next;
    private long due;

    /**
     * @param connected whether the control channel is open
     * @param thread of one thread, on which the server is called
     */
    public Heartbeat(NodeApi api, String agentVersion, BooleanSupplier connected, ScheduledExecutorService thread) {
        this(first -> tell(api, NodeFacts.gather(agentVersion), connected.getAsBoolean(), first), thread);
    }

    Heartbeat(Teller teller, ScheduledExecutorService thread) {
        this.teller = teller;
        this.thread = thread;
    }

    /** Begins to tell. Once. */
    public void start() {
        thread.execute(this::beat);
    }

    /** The control channel opened. Any thread; does not block. */
    public void reachable() {
        try {
            thread.execute(this::hurry);
        } catch (RejectedExecutionException e) {
            LOG.debug("Nothing is reported any more, the agent stops");
        }
    }

    private static void tell(NodeApi api, NodeFacts facts, boolean connected, boolean first) throws IOException {
        if (first) {
            api.ping(facts);
        }
        api.report(facts, connected ? "ssmmessages" : "");
    }

    private void beat() {
        Duration wait;
        try {
            teller.tell(!told);
            wait = told ? INTERVAL : upTo(INTERVAL);
            told = true;
            owed = false;
            unreachable.reset();
            refused.reset();
        } catch (ServiceException e) {
            owed = true;
            wait = refused.next();
            LOG.warn("The server refuses this node's report ({}); sent again in {} s", e, wait.toSeconds());
        } catch (IOException | RuntimeException e) {
            owed = true;
            wait = unreachable.next();
            LOG.warn("The server did not take this node's report: {}; sent again in {} s", e, wait.toSeconds());
        }
        plan(wait);
    }

    private void hurry() {
        Duration soon = upTo(SPREAD);
        if (owed && due - System.nanoTime() > soon.toNanos()) {
            next.cancel(false);
            plan(soon);
        }
    }

    private void plan(Duration wait) {
        due = System.nanoTime() + wait.toNanos();
        next = thread.schedule(this::beat, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Duration upTo(Duration longest) {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest.toMillis()));
    }
}
