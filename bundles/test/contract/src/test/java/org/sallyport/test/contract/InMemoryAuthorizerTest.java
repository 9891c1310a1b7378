package org.sallyport.test.contract;

import org.sallyport.spi.access.Authorizer;

class InMemoryAuthorizerTest extends AuthorizerContract {

    @Override
    protected Authorizer authorizer() {
        return new InMemoryAuthorizer();
    }
}
