package org.sallyport.core.session;

import java.time.Clock;
import java.util.function.Supplier;
import org.sallyport.kernel.store.Transactions;

/** The parts of the session engine, put together. */
record Engine(
        Starting starting, Ownership ownership, Listing listing, Channels channels, NodeReports reports, Sweep sweep) {

    static Engine of(Transactions transactions, Services services, Supplier<Settings> settings, Clock clock) {
        SessionTable sessions = new SessionTable();
        TokenTable tokens = new TokenTable();
        Ending ending = new Ending(transactions, sessions, services, clock);
        Channels channels = new Channels(transactions, sessions, tokens, services, ending, clock);
        return new Engine(
                new Starting(transactions, sessions, tokens, services, ending, settings, clock),
                new Ownership(transactions, sessions, tokens, services, ending, clock),
                new Listing(transactions, sessions, services),
                channels,
                new NodeReports(transactions, sessions, services, ending, clock),
                new Sweep(transactions, sessions, tokens, services, channels, ending, settings, clock));
    }
}
