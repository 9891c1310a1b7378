package org.sallyport.test.contract;

import org.sallyport.spi.identity.IdentityProvider;

class InMemoryIdentityProviderTest extends IdentityProviderContract {

    @Override
    protected IdentityProvider emptyProvider() {
        return new InMemoryIdentityProvider();
    }
}
