package org.sallyport.test.contract;

import org.sallyport.api.store.Records;

class InMemoryRecordsTest extends RecordsContract {

    @Override
    protected Records emptyRecords() {
        return new InMemoryRecords();
    }
}
