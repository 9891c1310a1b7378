package org.sallyport.front.aws;

import java.util.ArrayList;
import java.util.List;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.error.SallyportException;

/** Says what it is told to say, and keeps what it was asked. */
final class FakeDecisions implements DecisionPoint {
    final List<AccessRequest> asked = new ArrayList<>();
    boolean allow = true;

    @Override
    public boolean allows(AccessRequest request) {
        asked.add(request);
        return allow;
    }

    @Override
    public void require(AccessRequest request) {
        if (!allows(request)) {
            throw new SallyportException(AccessError.ACCESS_DENIED, "User: carol is not authorized");
        }
    }
}
