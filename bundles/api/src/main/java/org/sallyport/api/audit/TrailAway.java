package org.sallyport.api.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.error.SallyportException;

/** No trail: whoever needs a record is refused. */
final class TrailAway implements AuditTrail {
    static final AuditTrail INSTANCE = new TrailAway();

    private TrailAway() {}

    @Override
    public AuditCall open(Subject subject, Origin origin) {
        return new Call();
    }

    @Override
    public void append(AuditEvent event) {
        require(event.weight().goesOnWithout());
    }

    @Override
    public void decided(AccessRequest request, boolean allowed) {
        // nobody keeps it
    }

    private static void require(boolean goesOn) {
        if (!goesOn) {
            throw new SallyportException(
                    AuditError.AUDIT_UNAVAILABLE,
                    "The audit trail is not available at the moment, and this is not done without its record; try again in a second.");
        }
    }

    private static final class Call implements AuditCall {
        private Weight weight = Weight.READS;

        @Override
        public void about(Subject subject, Weight weighs) {
            weight = weighs;
        }

        @Override
        public void by(Actor actor) {
            // nobody keeps it
        }

        @Override
        public void begins(Map<String, Object> parameters, List<String> resources) {
            require(weight != Weight.CHANGES);
        }

        @Override
        public void answered(Optional<Failure> failure, Map<String, Object> response) {
            require(failure.isPresent() || weight.goesOnWithout());
        }

        @Override
        public void close() {
            // nothing is watched
        }
    }
}
