package org.sallyport.test.contract;

import org.sallyport.spi.node.TierPolicy;

class InMemoryTierPolicyTest extends TierPolicyContract {

    @Override
    protected TierPolicy policy() {
        return new InMemoryTierPolicy(2);
    }
}
