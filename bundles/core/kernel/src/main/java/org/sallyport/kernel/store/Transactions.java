package org.sallyport.kernel.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Transactions on the one data source. One connection for each thread: a nested call joins the transaction around it. Durable when
 * the outermost call returns.
 *
 * <p>No call of an SPI, no bus call and no socket write happens inside; {@link #active} lets those places check. An exception from the work
 * rolls back and is thrown on; {@code SQLException} becomes {@code SallyportException} with {@code SERVICE_AWAY} (connection lost) or
 * {@code INTERNAL}.
 */
@ProviderType
public interface Transactions {

    /** What is done inside. */
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Runs the work and commits. Serialisation failures and deadlocks are tried again, up to five times in all. */
    <T> T run(Work<T> work);

    /** Whether this thread is inside {@link #run}. */
    boolean active();
}
