package org.sallyport.core.store;

import java.util.List;
import java.util.Optional;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.sallyport.api.store.Records;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Transactions;

/** {@link Records} for each bundle that asks, its space named by the symbolic name. */
@Component(scope = ServiceScope.BUNDLE)
public final class RecordsComponent implements Records {
    private final JdbcRecords records;

    @Activate
    public RecordsComponent(
            ComponentContext context,
            @Reference Transactions transactions,
            @Reference(target = "(" + Schema.BUNDLE + "=org.sallyport.core.store)") Schema schema) {
        records = new JdbcRecords(transactions, context.getUsingBundle().getSymbolicName());
    }

    @Override
    public Optional<Entry> get(String key) {
        return records.get(key);
    }

    @Override
    public Optional<Long> put(String key, byte[] value, long expectedRevision) {
        return records.put(key, value, expectedRevision);
    }

    @Override
    public boolean delete(String key, long expectedRevision) {
        return records.delete(key, expectedRevision);
    }

    @Override
    public List<Entry> scan(String prefix, String afterKey, int limit) {
        return records.scan(prefix, afterKey, limit);
    }
}
