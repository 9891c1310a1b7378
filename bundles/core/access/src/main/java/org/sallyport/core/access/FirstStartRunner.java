package org.sallyport.core.access;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Secrets;
import org.sallyport.kernel.store.Transactions;
import org.sallyport.spi.identity.IdentityProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs {@link FirstStart} beside the start of the server once the identity provider is there, again every few seconds until it is
 * complete.
 */
@Component(
        immediate = true,
        service = {})
public final class FirstStartRunner {
    private static final Logger LOG = LoggerFactory.getLogger(FirstStartRunner.class);
    private static final String DATA = "sallyport.data";
    private static final long RETRY_SECONDS = 5;
    private static final long END_SECONDS = 2;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "sallyport-core.access-first-start-1");
        made.setDaemon(true);
        return made;
    });

    @Activate
    public FirstStartRunner(
            BundleContext context,
            @Reference Transactions transactions,
            @Reference Secrets secrets,
            @Reference(target = PasswordSignIn.LOCAL) IdentityProvider provider,
            @Reference(target = StoredAccessKeys.SCHEMA) Schema schema) {
        String data = context.getProperty(DATA);
        if (data == null) {
            throw new IllegalStateException("framework property " + DATA + " must name the server's data folder");
        }
        FirstStart firstStart =
                new FirstStart(transactions, new KeyEnvelopes(secrets), provider, Path.of(data), Clock.systemUTC());
        thread.execute(() -> attempt(firstStart));
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        thread.shutdownNow();
        if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("The making of the first administrator goes on; it is completed at the next start");
        }
    }

    private void attempt(FirstStart firstStart) {
        try {
            firstStart
                    .complete()
                    .ifPresent(file -> LOG.info("First administrator made; the credentials are in {}", file));
        } catch (RuntimeException e) {
            LOG.error("The first administrator could not be made; next attempt in {} s", RETRY_SECONDS, e);
            if (!thread.isShutdown()) {
                thread.schedule(() -> attempt(firstStart), RETRY_SECONDS, TimeUnit.SECONDS);
            }
        }
    }
}
