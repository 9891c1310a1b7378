package org.sallyport.core.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sallyport.api.audit.Actor;
import org.sallyport.api.audit.AuditCall;
import org.sallyport.api.audit.AuditEvent;
import org.sallyport.api.audit.Failure;
import org.sallyport.api.audit.Origin;
import org.sallyport.api.audit.Subject;
import org.sallyport.api.audit.Weight;
import org.sallyport.protocol.audit.LineKind;

/** A call and what is known of it so far. One thread. */
final class CallUnderWay implements AuditCall {
    /** More say nothing new; a list that is filtered by decisions may have thousands. */
    private static final int MOST_DECISIONS = 1_000;

    private final Recorder recorder;
    private final Origin origin;
    private final String id = UUID.randomUUID().toString();
    private final List<Decided> decisions = new ArrayList<>();
    private Subject subject;
    private Weight weight = Weight.READS;
    private Actor actor = Actor.stranger();
    private Map<String, Object> parameters = Map.of();
    private List<String> resources = List.of();

    CallUnderWay(Recorder recorder, Subject subject, Origin origin) {
        this.recorder = recorder;
        this.subject = subject;
        this.origin = origin;
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
    public void begins(Map<String, Object> asked, List<String> named) {
        parameters = asked;
        resources = named;
        if (weight == Weight.CHANGES) {
            recorder.write(LineKind.BEGUN, event(Optional.empty(), Map.of()), List.of(), true);
        }
    }

    @Override
    public void answered(Optional<Failure> failure, Map<String, Object> response) {
        boolean needed = failure.isEmpty() && !weight.goesOnWithout();
        recorder.write(LineKind.EVENT, event(failure, response), decisions, needed);
    }

    @Override
    public void close() {
        recorder.closed(this);
    }

    void decided(Decided decided) {
        if (decisions.size() < MOST_DECISIONS) {
            decisions.add(decided);
        }
    }

    private AuditEvent event(Optional<Failure> failure, Map<String, Object> response) {
        List<String> named = resources.isEmpty()
                ? decisions.stream()
                        .map(Decided::resource)
                        .filter(r -> r.startsWith("arn:"))
                        .distinct()
                        .toList()
                : resources;
        return new AuditEvent(Optional.of(id), subject, weight, actor, origin, failure, parameters, response, named);
    }
}
