package org.sallyport.core.audit;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.audit.Actor;
import org.sallyport.api.audit.AuditCall;
import org.sallyport.api.audit.AuditError;
import org.sallyport.api.audit.AuditEvent;
import org.sallyport.api.audit.AuditTrail;
import org.sallyport.api.audit.EventType;
import org.sallyport.api.audit.Failure;
import org.sallyport.api.audit.Origin;
import org.sallyport.api.audit.Subject;
import org.sallyport.api.audit.Weight;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.error.SallyportException;
import org.sallyport.protocol.audit.LineKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes records of what happens and has them written. Any thread. */
final class Recorder implements AuditTrail {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    /** While the disk does not take anything, callers are not kept for long. */
    private static final long SHORT_PATIENCE_MILLIS = 500;

    private final Committer committer;
    private final Notes notes;
    private final Losses losses;
    private final StrangerLimit strangers;
    private final TrailMeters meters;
    private final Supplier<Optional<ServerAddress>> address;
    private final Clock clock;
    private final ThreadLocal<CallUnderWay> current = new ThreadLocal<>();

    Recorder(
            Committer committer,
            Notes notes,
            Losses losses,
            StrangerLimit strangers,
            TrailMeters meters,
            Supplier<Optional<ServerAddress>> address,
            Clock clock) {
        this.committer = committer;
        this.notes = notes;
        this.losses = losses;
        this.strangers = strangers;
        this.meters = meters;
        this.address = address;
        this.clock = clock;
    }

    @Override
    public AuditCall open(Subject subject, Origin origin) {
        CallUnderWay call = new CallUnderWay(this, subject, origin);
        current.set(call);
        return call;
    }

    /** A call that was answered by another thread than the one it came on is forgotten when that one gets its next. */
    void closed(CallUnderWay call) {
        if (current.get() == call) {
            current.remove();
        }
    }

    @Override
    public void append(AuditEvent event) {
        write(LineKind.EVENT, event, List.of(), !event.weight().goesOnWithout());
    }

    @Override
    public void decided(AccessRequest request, boolean allowed) {
        CallUnderWay call = current.get();
        if (call != null) {
            call.decided(Decided.of(request, allowed));
        } else if (!allowed) {
            note(denial(request), List.of(Decided.of(request, false)));
        }
    }

    /** Without waiting; when too much waits, it counts as lost. */
    void note(AuditEvent event, List<Decided> decisions) {
        Instant now = clock.instant();
        if (!notes.add(new Draft(LineKind.EVENT, json(event, now, decisions)))) {
            losses.lost(now);
        }
    }

    /**
     * @param needed whether a failure is the caller's
     * @throws SallyportException {@code AUDIT_UNAVAILABLE}
     */
    void write(LineKind kind, AuditEvent event, List<Decided> decisions, boolean needed) {
        Instant now = clock.instant();
        if (!needed && event.actor().unknown() && !strangers.admits(now)) {
            meters.strangers.increment();
            return;
        }
        long begun = System.nanoTime();
        try {
            committer.write(
                    new Draft(kind, json(event, now, decisions)),
                    committer.troubled() ? SHORT_PATIENCE_MILLIS : PATIENCE_MILLIS);
            meters.waited(System.nanoTime() - begun);
        } catch (IOException e) {
            if (needed) {
                meters.withheld.increment();
                throw new SallyportException(
                        AuditError.AUDIT_UNAVAILABLE,
                        "This was not done, or not answered, because its audit record cannot be written. Try again in a minute; the operator finds the reason in the server's log.",
                        e);
            }
            LOG.debug("No record of {}", event.subject(), e);
            losses.lost(now);
        }
    }

    /** A record that goes with others. */
    Draft draft(AuditEvent event) {
        return new Draft(LineKind.EVENT, json(event, clock.instant(), List.of()));
    }

    private String json(AuditEvent event, Instant now, List<Decided> decisions) {
        return EventJson.of(address.get()).write(event, now, decisions);
    }

    private static AuditEvent denial(AccessRequest request) {
        String[] action = request.action().split(":", 2);
        return new AuditEvent(
                Optional.empty(),
                new Subject(EventType.API_CALL, action[0] + ".amazonaws.com", action[action.length - 1]),
                Weight.of(action[action.length - 1]),
                Actor.of(request.principal()),
                Origin.server(),
                Optional.of(new Failure("AccessDenied", "The decision point said no")),
                Map.of(),
                Map.of(),
                List.of(request.resource()));
    }
}
