package org.sallyport.core.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.status.StatusPart;
import org.sallyport.kernel.store.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which database holds the state, and whether it answers. It stays when the store has no configuration, to say so. */
@Component(service = StatusPart.class)
public final class StoreStatus implements StatusPart {
    private static final Logger LOG = LoggerFactory.getLogger(StoreStatus.class);

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Transactions transactions;

    @Activate
    public StoreStatus() {}

    @Override
    public String part() {
        return "store";
    }

    @Override
    public Reading read() {
        Map<String, Object> facts = new LinkedHashMap<>();
        Transactions store = transactions;
        if (store == null) {
            facts.put("reachable", false);
            return new Reading(
                    facts, List.of("the store is not open: see the log, and etc/" + StoreConfig.PID + ".cfg"));
        }
        try {
            facts.put("kind", store.run(connection -> connection.getMetaData().getDatabaseProductName()));
            store.run(connection -> {
                try (var statement = connection.createStatement()) {
                    return statement.execute("SELECT 1");
                }
            });
            facts.put("reachable", true);
            return new Reading(facts, List.of());
        } catch (SallyportException e) {
            LOG.debug("The store does not answer", e);
            facts.put("reachable", false);
            return new Reading(facts, List.of("the database does not answer"));
        }
    }
}
