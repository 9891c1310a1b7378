package org.sallyport.front.console.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.sallyport.api.audit.AuditEntry;
import org.sallyport.api.audit.AuditQuery;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/** The audit trail for who reads it. */
@Path("audit")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class AuditResource {
    private final Services services;

    AuditResource(Services services) {
        this.services = services;
    }

    /**
     * A record.
     *
     * @param sequence its number in the trail
     * @param errorCode null when it was done
     * @param record the whole of it, CloudTrail's shape, as text
     */
    record Event(
            long sequence,
            String id,
            String time,
            String source,
            String name,
            boolean readOnly,
            @Maybe String user,
            @Maybe String accessKeyId,
            String sourceAddress,
            @Maybe String errorCode,
            List<String> resources,
            String record) {
        static Event of(AuditEntry entry) {
            return new Event(
                    entry.sequence(),
                    entry.eventId(),
                    entry.time().toString(),
                    entry.eventSource(),
                    entry.eventName(),
                    entry.readOnly(),
                    entry.userName().orElse(null),
                    entry.accessKeyId().orElse(null),
                    entry.sourceAddress(),
                    entry.errorCode().orElse(null),
                    entry.resources(),
                    entry.json());
        }
    }

    /** The newest first. A page may hold fewer than wanted, or none, and still have a next one. */
    @GET
    public Listing<Event> list(
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("user") String user,
            @QueryParam("name") String name,
            @QueryParam("source") String source,
            @QueryParam("resource") String resource,
            @QueryParam("outcome") String outcome,
            @QueryParam("max") Integer max,
            @QueryParam("next") String next,
            @Context SecurityContext security) {
        AuditQuery query = new AuditQuery(
                time("from", from),
                time("to", to),
                Inputs.text(user),
                Inputs.text(name),
                Inputs.text(source),
                Optional.empty(),
                Optional.empty(),
                Inputs.text(resource),
                failed(outcome),
                Optional.empty());
        return Paging.listing(
                services.auditLog().lookup(Caller.of(security).person(), query, Paging.request(max, next)), Event::of);
    }

    private static Optional<Instant> time(String name, String value) {
        try {
            return Inputs.text(value).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT, name + " must be a time such as 2026-01-31T08:00:00Z.", e);
        }
    }

    private static Optional<Boolean> failed(String outcome) {
        return Inputs.text(outcome).map(text -> switch (text) {
            case "done" -> false;
            case "failed" -> true;
            default -> throw new SallyportException(CommonError.INVALID_ARGUMENT, "outcome must be done or failed.");
        });
    }
}
