package org.sallyport.core.store;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.sallyport.api.metrics.Meters;
import org.sallyport.kernel.store.Transactions;
import org.sallyport.spi.metrics.MeterSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the pool. Pool size, user and password change live; another database or directory waits for a restart of the server. */
@Component(
        service = {Transactions.class, MeterSource.class},
        configurationPid = StoreConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true)
@Designate(ocd = StoreConfig.class)
public final class StoreComponent implements Transactions, MeterSource {
    private static final Logger LOG = LoggerFactory.getLogger(StoreComponent.class);

    private final String dataProperty;
    private final StoreSettings opened;
    private final ConnectionPool pool;
    private final JdbcTransactions transactions;

    @Activate
    public StoreComponent(BundleContext context, StoreConfig config) {
        dataProperty = context.getProperty(StoreSettings.DATA_PROPERTY);
        opened = StoreSettings.from(config, dataProperty, System.getenv());
        pool = ConnectionPool.open(opened);
        transactions = new JdbcTransactions(pool);
        LOG.info("Store open: {}", opened);
    }

    @Modified
    void modified(StoreConfig config) {
        StoreSettings wanted = StoreSettings.from(config, dataProperty, System.getenv());
        if (!wanted.sameDatabase(opened)) {
            LOG.warn("Store: url, directory or TLS changed; they count from the next start of the server");
            return;
        }
        pool.change(wanted);
    }

    @Deactivate
    void deactivate() {
        pool.close();
    }

    @Override
    public <T> T run(Work<T> work) {
        return transactions.run(work);
    }

    @Override
    public void read(Meters meters) {
        pool.read(meters);
    }

    @Override
    public boolean active() {
        return transactions.active();
    }
}
