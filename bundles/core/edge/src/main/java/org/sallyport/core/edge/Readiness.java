package org.sallyport.core.edge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.condition.Condition;
import org.sallyport.api.plugin.Plugins;
import org.sallyport.kernel.store.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the condition {@code sallyport.ready} once {@link ReadyRule} holds. It speaks of the start only and is not taken back
 * when something goes away later: the callers of what is away get an error that says so, while closing the listeners would
 * drop every session because one adapter is swapped.
 */
@Component(
        service = {},
        immediate = true)
public final class Readiness {
    /** Value of {@code osgi.condition.id}. */
    static final String READY = "sallyport.ready";

    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final long LOOK_EVERY_MILLIS = 50;
    private static final Duration COMPLAIN_EVERY = Duration.ofSeconds(10);

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<ServiceReference<Schema>> schemas;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Plugins plugins;

    private final BundleContext context;
    private final Clock clock;
    private final ScheduledExecutorService clockwork = Threads.scheduler("ready");
    private volatile ServiceRegistration<Condition> registration;
    private Instant reported;
    private Instant complained;

    @Activate
    public Readiness(BundleContext context) {
        this(context, Clock.systemUTC());
    }

    Readiness(BundleContext context, Clock clock) {
        this.context = context;
        this.clock = clock;
        this.complained = clock.instant();
    }

    @Activate
    void activate() {
        clockwork.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void deactivate() {
        Threads.end(clockwork);
        ServiceRegistration<Condition> published = registration;
        if (published != null) {
            published.unregister();
        }
    }

    private void look() {
        try {
            List<String> missing = missing();
            if (missing.isEmpty()) {
                registration = context.registerService(
                        Condition.class,
                        Condition.INSTANCE,
                        new Hashtable<>(Collections.singletonMap(Condition.CONDITION_ID, READY)));
                LOG.info("Ready: schema and desired state are up");
                clockwork.shutdown();
            } else if (Duration.between(complained, clock.instant()).compareTo(COMPLAIN_EVERY) >= 0) {
                complained = clock.instant();
                LOG.warn("Not ready, listeners stay closed; waiting for: {}", String.join(", ", missing));
            }
        } catch (RuntimeException e) {
            LOG.error("Cannot tell whether the server is ready", e);
        }
    }

    private List<String> missing() {
        Plugins current = plugins;
        Instant now = clock.instant();
        if (current == null) {
            reported = null;
        } else if (reported == null) {
            reported = now;
        }
        Set<String> migrated = schemas.stream()
                .map(s -> String.valueOf(s.getProperty(Schema.BUNDLE)))
                .collect(Collectors.toSet());
        Duration reportedFor = reported == null ? Duration.ZERO : Duration.between(reported, now);
        return ReadyRule.missing(
                migrating(), migrated, Optional.ofNullable(current).map(Plugins::list), reportedFor);
    }

    private Set<String> migrating() {
        return Stream.of(context.getBundles())
                .filter(b -> b.getState() != Bundle.UNINSTALLED)
                .filter(b -> b.getHeaders("").get("Sallyport-Ring") != null)
                .filter(Readiness::bringsMigrations)
                .map(Bundle::getSymbolicName)
                .collect(Collectors.toSet());
    }

    private static boolean bringsMigrations(Bundle bundle) {
        var paths = bundle.getEntryPaths("migrations/");
        return paths != null && Collections.list(paths).stream().anyMatch(p -> p.endsWith(".sql"));
    }
}
