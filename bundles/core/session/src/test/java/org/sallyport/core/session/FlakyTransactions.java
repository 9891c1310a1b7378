package org.sallyport.core.session;

import java.util.List;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.store.Transactions;

/** The real store, whose connection may be lost, and which lets others come between a list and what is done with it. */
final class FlakyTransactions implements Transactions {
    volatile boolean away;

    /** Runs once, after the next transaction that answers a list with something in it. */
    volatile Runnable afterList;

    private final Transactions store;

    FlakyTransactions(Transactions store) {
        this.store = store;
    }

    @Override
    public <T> T run(Work<T> work) {
        if (away) {
            throw new SallyportException(CommonError.SERVICE_AWAY, "No connection to the database now");
        }
        T result = store.run(work);
        Runnable next = afterList;
        if (next != null && !active() && result instanceof List<?> list && !list.isEmpty()) {
            afterList = null;
            next.run();
        }
        return result;
    }

    @Override
    public boolean active() {
        return store.active();
    }
}
