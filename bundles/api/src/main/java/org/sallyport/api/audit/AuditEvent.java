package org.sallyport.api.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happened, in one piece.
 *
 * @param id a name for it that is the same when it is told again, after a crash for instance; empty for a new one
 * @param weight {@code READS} only when nothing depends on the record
 * @param parameters see {@link AuditCall}
 * @param resources ARNs that it is about
 */
public record AuditEvent(
        Optional<String> id,
        Subject subject,
        Weight weight,
        Actor actor,
        Origin origin,
        Optional<Failure> failure,
        Map<String, Object> parameters,
        Map<String, Object> response,
        List<String> resources) {

    /** What the server did by itself. */
    public static AuditEvent ofServer(
            String part, String name, Map<String, Object> parameters, Optional<Failure> failure) {
        return new AuditEvent(
                Optional.empty(),
                new Subject(EventType.SERVICE_EVENT, part + ".sallyport", name),
                Weight.CHANGES,
                Actor.server(part),
                Origin.server(),
                failure,
                parameters,
                Map.of(),
                List.of());
    }

    /** The same with a name of its own. */
    public AuditEvent named(String eventId) {
        return new AuditEvent(
                Optional.of(eventId), subject, weight, actor, origin, failure, parameters, response, resources);
    }
}
