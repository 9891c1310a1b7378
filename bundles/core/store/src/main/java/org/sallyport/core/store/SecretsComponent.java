package org.sallyport.core.store;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Secrets;
import org.sallyport.kernel.store.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link Secrets} of the server; looks once a day whether the newest data key is too old to seal with. */
@Component(configurationPid = StoreConfig.PID, configurationPolicy = ConfigurationPolicy.REQUIRE, immediate = true)
public final class SecretsComponent implements Secrets {
    private static final Logger LOG = LoggerFactory.getLogger(SecretsComponent.class);

    private final Supplier<SealedSecrets> opening;
    private final ScheduledExecutorService daily;
    private volatile SealedSecrets secrets;
    private volatile int dataKeyDays;

    @Activate
    public SecretsComponent(
            BundleContext context,
            StoreConfig config,
            @Reference Transactions transactions,
            @Reference(target = "(" + Schema.BUNDLE + "=org.sallyport.core.store)") Schema schema) {
        this(context.getProperty(StoreSettings.DATA_PROPERTY), config, transactions);
    }

    SecretsComponent(String dataProperty, StoreConfig config, Transactions transactions) {
        Path directory = StoreSettings.directory(config, dataProperty);
        opening = () -> SealedSecrets.open(transactions, directory, Clock.systemUTC());
        openUnlessAway();
        dataKeyDays = config.data_key_days();
        daily = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "sallyport-store-keys-1");
            thread.setDaemon(true);
            return thread;
        });
        daily.scheduleWithFixedDelay(this::rotateIfOld, 0, 1, TimeUnit.DAYS);
    }

    /** Another directory waits for a restart of the server, as the database in it does. */
    @Modified
    void modified(StoreConfig config) {
        dataKeyDays = config.data_key_days();
        daily.execute(this::rotateIfOld);
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        daily.shutdownNow();
        if (!daily.awaitTermination(5, TimeUnit.SECONDS)) {
            LOG.warn("The thread sallyport-store-keys-1 did not end within 5 s");
        }
    }

    @Override
    public byte[] seal(String row, byte[] secret) {
        return opened().seal(row, secret);
    }

    @Override
    public byte[] open(String row, byte[] envelope) {
        return opened().open(row, envelope);
    }

    /** A database that is away at this moment opens with the first call after; any other failure keeps the component from starting. */
    private void openUnlessAway() {
        try {
            opened();
        } catch (SallyportException e) {
            if (e.code() != CommonError.SERVICE_AWAY) {
                throw e;
            }
            LOG.warn("The data keys are read once the database is there again: {}", e.getMessage());
        }
    }

    private SealedSecrets opened() {
        SealedSecrets now = secrets;
        return now != null ? now : open();
    }

    private synchronized SealedSecrets open() {
        if (secrets == null) {
            secrets = opening.get();
        }
        return secrets;
    }

    private void rotateIfOld() {
        int days = dataKeyDays;
        if (days == 0) {
            return;
        }
        try {
            opened().rotateIfOlderThan(Duration.ofDays(days));
        } catch (RuntimeException e) {
            LOG.warn("No new data key was made; the old one goes on sealing and the next try is in a day", e);
        }
    }
}
