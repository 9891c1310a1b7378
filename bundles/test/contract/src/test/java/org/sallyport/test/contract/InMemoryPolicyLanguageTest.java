package org.sallyport.test.contract;

import org.sallyport.spi.access.PolicyLanguage;

class InMemoryPolicyLanguageTest extends PolicyLanguageContract {

    @Override
    protected PolicyLanguage language() {
        return new InMemoryPolicyLanguage();
    }
}
