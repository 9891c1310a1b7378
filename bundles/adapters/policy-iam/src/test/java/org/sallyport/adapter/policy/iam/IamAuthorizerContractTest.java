package org.sallyport.adapter.policy.iam;

import org.sallyport.spi.access.Authorizer;
import org.sallyport.test.contract.AuthorizerContract;

class IamAuthorizerContractTest extends AuthorizerContract {
    private final IamAuthorizer authorizer = new IamAuthorizer();

    @Override
    protected Authorizer authorizer() {
        return authorizer;
    }
}
