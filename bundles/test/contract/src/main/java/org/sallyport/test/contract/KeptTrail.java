package org.sallyport.test.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Principal;
import org.sallyport.api.audit.Actor;
import org.sallyport.api.audit.AuditCall;
import org.sallyport.api.audit.AuditEntry;
import org.sallyport.api.audit.AuditError;
import org.sallyport.api.audit.AuditEvent;
import org.sallyport.api.audit.AuditLog;
import org.sallyport.api.audit.AuditQuery;
import org.sallyport.api.audit.AuditTrail;
import org.sallyport.api.audit.Failure;
import org.sallyport.api.audit.Origin;
import org.sallyport.api.audit.Subject;
import org.sallyport.api.audit.Weight;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

/** An audit trail in memory: keeps what a front tells it, and refuses what its weight demands when it is full. Any thread tells, one asks. */
public final class KeptTrail implements AuditTrail, AuditLog {
    /** What was told of a call. */
    public static final class Told implements AuditCall {
        public volatile Subject subject;
        public volatile Weight weight = Weight.READS;
        public volatile Actor actor;
        public volatile Map<String, Object> parameters = Map.of();
        public volatile Map<String, Object> response = Map.of();
        public volatile Optional<Failure> failure = Optional.empty();
        public volatile boolean begun;
        public volatile boolean answered;
        public volatile boolean closed;
        private final KeptTrail trail;

        Told(KeptTrail trail, Subject subject) {
            this.trail = trail;
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
        public void begins(Map<String, Object> asked, List<String> resources) {
            begun = true;
            parameters = asked;
            if (trail.full && weight == Weight.CHANGES) {
                throw refusal();
            }
        }

        @Override
        public void answered(Optional<Failure> failed, Map<String, Object> told) {
            answered = true;
            failure = failed;
            response = told;
            if (trail.full && failed.isEmpty() && !weight.goesOnWithout()) {
                throw refusal();
            }
        }

        @Override
        public void close() {
            closed = true;
        }

        private static RuntimeException refusal() {
            return new SallyportException(AuditError.AUDIT_UNAVAILABLE, "full");
        }
    }

    public final List<Told> calls = new CopyOnWriteArrayList<>();

    /** What a search gives. */
    public final List<AuditEntry> entries = new CopyOnWriteArrayList<>();

    public final List<AuditQuery> queries = new CopyOnWriteArrayList<>();
    public volatile boolean full;

    public Told last() {
        return calls.get(calls.size() - 1);
    }

    @Override
    public AuditCall open(Subject subject, Origin origin) {
        Told told = new Told(this, subject);
        calls.add(told);
        return told;
    }

    @Override
    public void append(AuditEvent event) {
        throw new UnsupportedOperationException("the front tells of calls only");
    }

    @Override
    public void decided(AccessRequest request, boolean allowed) {
        throw new UnsupportedOperationException("the front decides nothing");
    }

    @Override
    public Page<AuditEntry> lookup(Principal caller, AuditQuery query, PageRequest page) {
        queries.add(query);
        return new Page<>(entries, Optional.of("1-2"));
    }
}
