package org.sallyport.core.node;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.store.Transactions;
import org.sallyport.spi.node.NodeAdmission;
import org.sallyport.spi.node.NodeAdmission.Admission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the admission adapter for hybrid activations that serves now; while there is none, activations and registration are away. */
@Component(service = AdmissionCalls.class)
public final class AdmissionCalls {
    private static final Logger LOG = LoggerFactory.getLogger(AdmissionCalls.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Transactions transactions;
    private final Clock clock;
    private final Duration limit;
    private final AtomicReference<Bound> current = new AtomicReference<>();

    private record Bound(NodeAdmission adapter, AdapterPool pool) {}

    @Activate
    public AdmissionCalls(@Reference Transactions transactions) {
        this(transactions, Clock.systemUTC(), LIMIT);
    }

    AdmissionCalls(Transactions transactions, Clock clock, Duration limit) {
        this.transactions = transactions;
        this.clock = clock;
        this.limit = limit;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY,
            target = "(" + NodeAdmission.METHOD + "=" + NodeAdmission.ACTIVATION + ")")
    void bindAdmission(NodeAdmission adapter) {
        retire(current.getAndSet(new Bound(adapter, new AdapterPool("admission"))));
    }

    void unbindAdmission(NodeAdmission adapter) {
        Bound bound = current.get();
        if (bound != null && bound.adapter() == adapter && current.compareAndSet(bound, null)) {
            retire(bound);
        }
    }

    @Deactivate
    void deactivate() {
        retire(current.getAndSet(null));
    }

    /** Asks the adapter, for at most five seconds. */
    <R> R call(BiFunction<NodeAdmission, Instant, R> question) {
        if (transactions.active()) {
            throw new IllegalStateException("an adapter must not be asked inside a transaction");
        }
        while (true) {
            Bound bound = current.get();
            if (bound == null) {
                throw new SallyportException(
                        CommonError.SERVICE_AWAY,
                        "No adapter for hybrid activations is there; install or start the bundle of one.");
            }
            try {
                return bound.pool().call(limit, () -> question.apply(bound.adapter(), deadline()));
            } catch (RejectedExecutionException e) {
                // it was replaced between the look and the call: ask its successor
                LOG.debug("the admission adapter was replaced under a call", e);
            }
        }
    }

    /** Takes a registration. One that the adapter grants only after the caller was sent away is given back. */
    Admission admit(String activationId, String code, String sourceAddress) {
        CompletableFuture<Admission> taken = new CompletableFuture<>();
        try {
            return call((adapter, deadline) -> {
                Admission granted = adapter.admit(activationId, code, sourceAddress, deadline);
                if (!taken.complete(granted)) {
                    giveBackLate(adapter, granted);
                }
                return granted;
            });
        } catch (SallyportException e) {
            if (taken.cancel(false)) {
                throw e;
            }
            // it came between the end of the wait and now
            return taken.join();
        }
    }

    /** Gives a registration back that led to no node; a failure is logged, for it costs the activation one place. */
    void release(Admission admission) {
        try {
            call((adapter, deadline) -> {
                adapter.release(admission, deadline);
                return null;
            });
        } catch (SallyportException e) {
            notReleased(admission, e);
        }
    }

    private void giveBackLate(NodeAdmission adapter, Admission granted) {
        // the caller interrupted this thread when it gave up
        Thread.interrupted();
        try {
            adapter.release(granted, deadline());
        } catch (RuntimeException e) {
            notReleased(granted, e);
        }
    }

    private static void notReleased(Admission admission, RuntimeException cause) {
        LOG.error("activation {} has lost one registration that led to no node", admission.activationId(), cause);
    }

    private Instant deadline() {
        return clock.instant().plus(limit);
    }

    private static void retire(Bound bound) {
        if (bound != null) {
            bound.pool().close();
        }
    }
}
