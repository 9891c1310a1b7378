package org.sallyport.core.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.store.Records;
import org.sallyport.test.contract.RecordsContract;

@Tag("store")
class JdbcRecordsContractTest extends RecordsContract {
    @TempDir
    Path folder;

    private OpenedStore store;

    @Override
    protected Records emptyRecords() {
        store = OpenedStore.fresh(folder);
        return new JdbcRecords(store.transactions, "org.example");
    }

    @AfterEach
    void close() {
        store.close();
    }
}
