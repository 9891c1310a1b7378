package org.sallyport.adapter.identity.local;

import java.time.Clock;
import org.junit.jupiter.api.Tag;
import org.sallyport.spi.identity.IdentityProvider;
import org.sallyport.test.contract.IdentityProviderContract;
import org.sallyport.test.stores.TestRecords;

@Tag("store")
class LocalIdentityProviderContractTest extends IdentityProviderContract {

    @Override
    protected IdentityProvider emptyProvider() {
        return new LocalIdentityProvider(Settings.DEFAULTS, TestRecords.empty(), Clock.systemUTC());
    }
}
