package org.sallyport.adapter.identity.local;

import java.time.Clock;
import org.sallyport.spi.identity.IdentityProvider;
import org.sallyport.test.contract.IdentityProviderContract;
import org.sallyport.test.contract.InMemoryRecords;

class LocalIdentityProviderContractTest extends IdentityProviderContract {

    @Override
    protected IdentityProvider emptyProvider() {
        return new LocalIdentityProvider(Settings.DEFAULTS, new InMemoryRecords(), Clock.systemUTC());
    }
}
