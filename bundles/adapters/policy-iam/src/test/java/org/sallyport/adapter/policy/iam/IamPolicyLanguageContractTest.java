package org.sallyport.adapter.policy.iam;

import org.sallyport.spi.access.PolicyLanguage;
import org.sallyport.test.contract.PolicyLanguageContract;

class IamPolicyLanguageContractTest extends PolicyLanguageContract {

    @Override
    protected PolicyLanguage language() {
        return new IamPolicyLanguage();
    }
}
