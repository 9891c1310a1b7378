package org.sallyport.front.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.api.access.VerifiedCaller;
import org.sallyport.api.access.WireRequest;
import org.sallyport.api.audit.Actor;
import org.sallyport.api.audit.AuditCall;
import org.sallyport.api.audit.AuditTrail;
import org.sallyport.api.audit.EventType;
import org.sallyport.api.audit.Failure;
import org.sallyport.api.audit.Origin;
import org.sallyport.api.audit.Subject;
import org.sallyport.api.audit.Weight;
import org.sallyport.front.aws.model.OperationModel;

/** One request as the audit trail sees it. Used by the thread that answers. */
final class AuditedRequest implements AutoCloseable {
    /** What nodes ask all day. That it went well is in the node's status; what was refused has its record. */
    private static final Set<String> ROUTINE =
            Set.of("UpdateInstanceInformation", "ListInstanceAssociations", "GetMessages", "GetConnectionStatus");

    private final AuditCall call;
    private final String requestId;
    private boolean routine;

    private AuditedRequest(AuditCall call, String requestId) {
        this.call = call;
        this.requestId = requestId;
    }

    static AuditedRequest open(AuditTrail trail, WireRequest request, String requestId) {
        Origin origin =
                new Origin(request.sourceAddress(), request.header("User-Agent").orElse(""), requestId);
        AuditCall call = trail.open(new Subject(EventType.API_CALL, "api.sallyport", "UnknownOperation"), origin);
        call.by(Actor.claiming(request));
        return new AuditedRequest(call, requestId);
    }

    String requestId() {
        return requestId;
    }

    void about(OperationModel model) {
        routine = ROUTINE.contains(model.name());
        call.about(
                new Subject(EventType.API_CALL, model.signingName() + ".amazonaws.com", model.name()),
                routine ? Weight.READS : Weight.of(model.name()));
    }

    void by(VerifiedCaller caller) {
        call.by(Actor.of(caller.principal(), caller.accessKeyId()));
        routine = routine && caller.principal().nodeId().isPresent();
    }

    /** Throws {@code AUDIT_UNAVAILABLE}: it must not be done. */
    void begins(OperationModel model, Input input) {
        call.begins(Parameters.of(input.node(), model), List.of());
    }

    /** Throws {@code AUDIT_UNAVAILABLE}: it must not be answered. */
    void done(Output output) {
        if (!routine) {
            call.answered(Optional.empty(), output.members());
        }
    }

    void failed(String code, String message) {
        call.answered(Optional.of(new Failure(code, message)), Map.of());
    }

    @Override
    public void close() {
        call.close();
    }
}
