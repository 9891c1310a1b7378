package org.sallyport.core.relay;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.audit.Actor;
import org.sallyport.api.audit.AuditCall;
import org.sallyport.api.audit.AuditError;
import org.sallyport.api.audit.AuditEvent;
import org.sallyport.api.audit.AuditTrail;
import org.sallyport.api.audit.Failure;
import org.sallyport.api.audit.Origin;
import org.sallyport.api.audit.Subject;
import org.sallyport.api.audit.Weight;
import org.sallyport.api.error.SallyportException;

/** Keeps in memory, a line each, what it is told; refuses what its weight demands when it is full. */
final class KeptTrail implements AuditTrail {
    final List<String> lines = new CopyOnWriteArrayList<>();
    volatile boolean full;

    @Override
    public AuditCall open(Subject subject, Origin origin) {
        return new Call(subject);
    }

    @Override
    public void append(AuditEvent event) {
        keep(event.subject(), event.weight(), event.actor(), event.failure());
    }

    @Override
    public void decided(AccessRequest request, boolean allowed) {
        throw new UnsupportedOperationException("the relay decides nothing");
    }

    private void keep(Subject subject, Weight weight, Actor actor, Optional<Failure> failure) {
        if (full && failure.isEmpty() && !weight.goesOnWithout()) {
            throw new SallyportException(AuditError.AUDIT_UNAVAILABLE, "full");
        }
        lines.add(subject.name() + " " + actor.principal().map(p -> p.name()).orElse("?") + " "
                + failure.map(Failure::code).orElse("done"));
    }

    private final class Call implements AuditCall {
        private Subject subject;
        private Weight weight = Weight.READS;
        private Actor actor = Actor.stranger();

        Call(Subject subject) {
            this.subject = subject;
        }

        @Override
        public void about(Subject known, Weight weighs) {
            subject = known;
            weight = weighs;
        }

        @Override
        public void by(Actor known) {
            actor = known;
        }

        @Override
        public void begins(Map<String, Object> parameters, List<String> resources) {
            // what comes of it is kept
        }

        @Override
        public void answered(Optional<Failure> failure, Map<String, Object> response) {
            keep(subject, weight, actor, failure);
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
