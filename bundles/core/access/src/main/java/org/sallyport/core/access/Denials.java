package org.sallyport.core.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.DecisionExplainer.Reason;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.store.Transactions;
import org.sallyport.spi.access.Decision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps denials for administrators: 10,000 and for 14 days at most. The same denial again within a minute gets the same reference, so that who asks
 * again and again writes once. Any thread.
 */
final class Denials {
    private static final Logger LOG = LoggerFactory.getLogger(Denials.class);
    private static final Duration KEPT = Duration.ofDays(14);
    private static final int MOST = 10_000;
    private static final int BATCH = 20;
    private static final long SAME_MILLIS = 60_000;
    private static final int MOST_RECENT = 1_024;
    private static final Set<String> CHANGING = Set.of("aws:CurrentTime", "aws:EpochTime", "aws:MultiFactorAuthAge");
    private final Transactions transactions;
    private final Clock clock;
    private final Map<Same, Given> recent = new LinkedHashMap<>();

    /** What makes two denials the same. */
    private record Same(
            String principalId, String action, String resource, Reason reason, Map<String, List<String>> context) {}

    private record Given(String reference, long at) {}

    Denials(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * @param explain asked for when the denial is a new one
     * @return the reference; empty when the denial cannot be kept, which changes nothing about it
     */
    Optional<String> keep(Outcome outcome, Supplier<Decision> explain) {
        AccessRequest question = outcome.rights().question();
        Map<String, List<String>> context = new HashMap<>(question.context());
        context.keySet().removeAll(CHANGING);
        Same same = new Same(
                question.principal().id(),
                question.action(),
                question.resource(),
                outcome.denied().orElseThrow(),
                context);
        Instant now = clock.instant();
        synchronized (recent) {
            Given given = recent.get(same);
            if (given != null && now.toEpochMilli() - given.at() < SAME_MILLIS) {
                return Optional.of(given.reference());
            }
        }
        try {
            String reference = UniqueIds.reference();
            insert(reference, now, question, DenialText.write(DenialText.Content.of(outcome, explain.get())));
            remember(same, new Given(reference, now.toEpochMilli()));
            return Optional.of(reference);
        } catch (SallyportException e) {
            LOG.warn("A denial to {} is not kept: {}", question.principal().arn(), e.getMessage());
            return Optional.empty();
        }
    }

    private void insert(String reference, Instant now, AccessRequest question, String content) {
        DenialTable.Row row = new DenialTable.Row(
                reference, now, question.principal().id(), question.principal().arn(), content);
        transactions.run(connection -> {
            DenialTable.purge(connection, now.minus(KEPT), MOST - 1, BATCH);
            DenialTable.insert(connection, row);
            return null;
        });
    }

    private void remember(Same same, Given given) {
        synchronized (recent) {
            recent.remove(same);
            recent.put(same, given);
            if (recent.size() > MOST_RECENT) {
                recent.remove(recent.keySet().iterator().next());
            }
        }
    }
}
