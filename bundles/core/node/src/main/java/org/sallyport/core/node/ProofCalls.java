package org.sallyport.core.node;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.store.Transactions;
import org.sallyport.spi.node.NodeProof;
import org.sallyport.spi.node.NodeProof.Proven;
import org.sallyport.spi.node.NodeProof.Shown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the adapter of a way of proof that serves now; while there is none, that way is closed. Each adapter has a pool of its own. */
@Component(service = ProofCalls.class)
public final class ProofCalls {
    private static final Logger LOG = LoggerFactory.getLogger(ProofCalls.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Transactions transactions;
    private final Clock clock;
    private final Duration limit;
    private final List<Bound> bound = new CopyOnWriteArrayList<>();

    private record Bound(NodeProof adapter, String method, int ranking, AdapterPool pool) {}

    @Activate
    public ProofCalls(@Reference Transactions transactions) {
        this(transactions, Clock.systemUTC(), LIMIT);
    }

    ProofCalls(Transactions transactions, Clock clock, Duration limit) {
        this.transactions = transactions;
        this.clock = clock;
        this.limit = limit;
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(" + NodeProof.METHOD + "=*)")
    void bindProof(NodeProof adapter, Map<String, Object> properties) {
        String method = String.valueOf(properties.get(NodeProof.METHOD));
        int ranking = properties.get(Constants.SERVICE_RANKING) instanceof Integer number ? number : 0;
        if (method.matches("[A-Za-z0-9-]{1,64}") && !method.equals(Joined.BY_ACTIVATION)) {
            bound.add(new Bound(adapter, method, ranking, new AdapterPool("proof-" + method)));
        } else {
            LOG.error("an adapter calls its way of proof {}, which is no name for one; it is not used", method);
        }
    }

    void unbindProof(NodeProof adapter) {
        bound.stream().filter(b -> b.adapter() == adapter).forEach(gone -> {
            bound.remove(gone);
            gone.pool().close();
        });
    }

    @Deactivate
    void deactivate() {
        bound.forEach(b -> b.pool().close());
        bound.clear();
    }

    /** Uses a document up. One that the adapter accepts only after the caller was sent away is given back. */
    Proven prove(String method, Shown shown) {
        CompletableFuture<Proven> taken = new CompletableFuture<>();
        try {
            return call(method, (adapter, deadline) -> {
                Proven proven = adapter.prove(shown, deadline);
                if (!taken.complete(proven)) {
                    // the caller interrupted this thread when it gave up
                    Thread.interrupted();
                    adapter.release(proven, clock.instant().plus(limit));
                }
                return proven;
            });
        } catch (SallyportException e) {
            if (taken.cancel(false)) {
                throw e;
            }
            return taken.join();
        }
    }

    /** Gives a document back that led to no node; a failure is logged, for then its node must get a new one. */
    void release(String method, Proven proven) {
        try {
            call(method, (adapter, deadline) -> {
                adapter.release(proven, deadline);
                return null;
            });
        } catch (SallyportException e) {
            LOG.error("the document of {} by {} is used up and led to no node", proven.subject(), method, e);
        }
    }

    private <R> R call(String method, BiFunction<NodeProof, Instant, R> question) {
        if (transactions.active()) {
            throw new IllegalStateException("an adapter must not be asked inside a transaction");
        }
        while (true) {
            Bound serving = bound.stream()
                    .filter(b -> b.method().equals(method))
                    .max(Comparator.comparingInt(Bound::ranking))
                    .orElseThrow(() -> new SallyportException(
                            CommonError.SERVICE_AWAY,
                            "No adapter takes " + NodeText.clean(method)
                                    + " as a proof; install or start its bundle."));
            try {
                return serving.pool()
                        .call(
                                limit,
                                () -> question.apply(
                                        serving.adapter(), clock.instant().plus(limit)));
            } catch (RejectedExecutionException e) {
                LOG.debug("the adapter of {} was replaced under a call; its successor is asked", method, e);
                bound.remove(serving);
            }
        }
    }
}
