package org.sallyport.core.node;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.ServiceSettings;
import org.sallyport.kernel.node.NodeEvent;
import org.sallyport.kernel.relay.Relay;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Sql;
import org.sallyport.kernel.store.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does later what could not be done at once, counts the time that nodes are online, and takes out nodes that nobody heard of for long. One
 * thread, a turn every ten seconds; what fails is tried again at the next one.
 */
@Component(immediate = true, service = NodeKeeper.class, configurationPid = NodeKeeper.PID)
@Designate(ocd = NodeConfig.class)
public final class NodeKeeper {
    static final String PID = "org.sallyport.core.node";

    /** How long after a change of tier sessions are looked for that were just starting. */
    static final Duration TIER_SETTLES = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(NodeKeeper.class);
    private static final long TURN_SECONDS = 10;
    private static final long STOP_MILLIS = 2_000;
    private static final Duration COUNT_EACH = Duration.ofMinutes(1);
    private static final Duration REAP_EACH = Duration.ofMinutes(10);
    private static final int REAP_BATCH = 100;

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
        Thread made = new Thread(task, "sallyport-node-keep-1");
        made.setDaemon(true);
        return made;
    });
    private final Transactions transactions;
    private final SettingTable settings;
    private final UsageMeter meter;
    private final Leaving leaving;
    private final TierEnds tierEnds;
    private final EventsHeard heard;
    private final Clock clock;
    private volatile NodeConfig config;
    private Instant counted = Instant.EPOCH;
    private Instant reaped = Instant.EPOCH;

    @Activate
    public NodeKeeper(
            @Reference Transactions transactions,
            @Reference Leaving leaving,
            @Reference TierEnds tierEnds,
            @Reference EventsHeard heard,
            @Reference(target = NodeSchema.TARGET) Schema schema,
            NodeConfig config) {
        this(transactions, leaving, tierEnds, heard, config, Clock.systemUTC());
        thread.scheduleWithFixedDelay(this::turn, TURN_SECONDS, TURN_SECONDS, TimeUnit.SECONDS);
    }

    NodeKeeper(
            Transactions transactions,
            Leaving leaving,
            TierEnds tierEnds,
            EventsHeard heard,
            NodeConfig config,
            Clock clock) {
        this.transactions = transactions;
        this.settings = new SettingTable(transactions);
        this.meter = new UsageMeter(transactions);
        this.leaving = leaving;
        this.tierEnds = tierEnds;
        this.heard = heard;
        this.config = config;
        this.clock = clock;
    }

    @Modified
    void modified(NodeConfig changed) {
        config = changed;
    }

    @Deactivate
    void stop() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
            thread.shutdownNow();
        }
    }

    void turn() {
        attempt("nodes that leave", () -> leaving.under().forEach(leaving::finish));
        attempt("the tier", this::settleTier);
        Instant now = clock.instant();
        if (!now.isBefore(counted.plus(COUNT_EACH))) {
            counted = now;
            attempt("used signatures", () -> new NodeTable(transactions).forgetSignatures(now));
            attempt("node-hours", () -> meter.count(now.toEpochMilli(), this::connected));
        }
        if (!now.isBefore(reaped.plus(REAP_EACH))) {
            reaped = now;
            attempt("stale nodes", () -> reap(now));
            attempt("old node-hours", () -> meter.forget(today(now) - config.usage_kept_days()));
        }
    }

    private void settleTier() {
        Optional<Instant> pending =
                settings.find(ServiceSettings.ACTIVATION_TIER).flatMap(SettingTable.Row::pendingSince);
        if (pending.isPresent()) {
            tierEnds.enforce();
            if (clock.instant().isAfter(pending.get().plus(TIER_SETTLES))) {
                settings.done(ServiceSettings.ACTIVATION_TIER, pending.get());
            }
        }
    }

    private void reap(Instant now) {
        int days = config.reap_after_days();
        if (days < 1) {
            return;
        }
        long before = now.minus(Duration.ofDays(days)).toEpochMilli();
        transactions
                .run(connection -> Sql.all(
                        connection,
                        "SELECT id FROM managed_node WHERE COALESCE(last_ping, registered_at) < ? AND state <> 'LEAVING'"
                                + " ORDER BY id LIMIT ?",
                        row -> row.getString(1),
                        before,
                        REAP_BATCH))
                .stream()
                .filter(id -> !connected(id) && leaving.begin(id))
                .forEach(id -> {
                    heard.happened(new NodeEvent(
                            NodeEvent.Kind.REAPED,
                            now,
                            Optional.empty(),
                            id,
                            "",
                            Map.of("days", Integer.toString(days))));
                    leaving.finish(id);
                });
    }

    private boolean connected(String nodeId) {
        Relay relay = leaving.relay;
        return relay != null && relay.connected(nodeId);
    }

    private static long today(Instant now) {
        return now.getEpochSecond() / Duration.ofDays(1).toSeconds();
    }

    private static void attempt(String what, Runnable work) {
        try {
            work.run();
        } catch (SallyportException e) {
            LOG.warn("{}: tried again in a moment: {}", what, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("{}: failed, tried again in a moment", what, e);
        }
    }
}
