package org.sallyport.core.session;

import java.time.Clock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.sallyport.kernel.store.Transactions;

/** The parts of the session engine, put together. */
record Engine(
        Starting starting,
        Ownership ownership,
        Listing listing,
        Channels channels,
        NodeReports reports,
        Sweep sweep,
        LimitWatch watch,
        Sealing sealing,
        NodeEnds nodeEnds,
        Revocation revocation) {

    /**
     * @param steady milliseconds from any origin, never backwards
     * @throws org.sallyport.api.error.SallyportException {@code SERVICE_AWAY}: the store, which knows the time, is not there
     */
    static Engine open(
            Transactions transactions,
            Services services,
            Supplier<Settings> settings,
            Clock clock,
            LongSupplier steady) {
        Times times = Times.open(transactions, clock, steady);
        SessionTable sessions = new SessionTable();
        TokenTable tokens = new TokenTable();
        Ending ending = new Ending(transactions, sessions, services, times);
        Notices notices = new Notices(services);
        Presence presence = new Presence(transactions, sessions, services, ending, notices, times);
        LimitWatch watch = new LimitWatch(transactions, sessions, services, ending, notices, times);
        watch.leaveTimeToType();
        return new Engine(
                new Starting(transactions, sessions, tokens, services, ending, settings, times),
                new Ownership(transactions, sessions, tokens, services, ending, times),
                new Listing(transactions, sessions, services),
                new Channels(transactions, sessions, tokens, services, ending, presence, times),
                new NodeReports(transactions, sessions, services, ending, times),
                new Sweep(transactions, sessions, tokens, presence, watch, ending, settings, services, times),
                watch,
                new Sealing(transactions, sessions, services, times),
                new NodeEnds(transactions, sessions, ending),
                new Revocation(transactions, sessions, services, ending, settings, times));
    }
}
