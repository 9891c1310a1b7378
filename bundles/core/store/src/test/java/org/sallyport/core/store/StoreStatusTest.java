package org.sallyport.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.store.Transactions;

class StoreStatusTest {
    private final StoreStatus status = new StoreStatus();

    @Test
    void aStoreThatIsNotOpenIsMissing() {
        assertThat(status.read().missing()).singleElement().asString().contains("the store is not open");
        assertThat(status.read().facts()).containsEntry("reachable", false);
    }

    @Test
    void aDatabaseThatIsAwayIsMissingAndItsAddressIsNotTold() {
        status.transactions = new Transactions() {
            @Override
            public <T> T run(Work<T> work) {
                throw new SallyportException(CommonError.SERVICE_AWAY, "jdbc:postgresql://db.internal refused");
            }

            @Override
            public boolean active() {
                return false;
            }
        };

        assertThat(status.read().missing()).containsExactly("the database does not answer");
    }
}
