package org.sallyport.test.contract;

import java.time.Clock;
import java.time.ZoneOffset;
import org.sallyport.spi.node.NodeAdmission;

class InMemoryNodeAdmissionTest extends NodeAdmissionContract {

    @Override
    protected NodeAdmission emptyAdmission() {
        return new InMemoryNodeAdmission(Clock.tickMillis(ZoneOffset.UTC));
    }
}
