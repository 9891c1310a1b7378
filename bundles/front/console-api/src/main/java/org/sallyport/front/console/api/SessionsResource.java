package org.sallyport.front.console.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.api.session.SessionInfo;
import org.sallyport.api.session.Sessions.Filter;
import org.sallyport.api.session.Sessions.StartRequest;
import org.sallyport.api.session.Sessions.Started;

/** Sessions on nodes. */
@Path("sessions")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class SessionsResource {
    private static final String ACTIVE = "active";
    private static final String HISTORY = "history";

    private final Services services;

    SessionsResource(Services services) {
        this.services = services;
    }

    /** What to start. */
    record Start(
            String target,
            @Maybe String reason,
            @Maybe String documentName,
            @Maybe Map<String, List<String>> parameters) {}

    /** How the browser reaches its session. {@code toString} hides the token, which opens it once within 60 s. */
    record Begun(String sessionId, String token, String streamUrl) {
        @Override
        public String toString() {
            return "Begun[" + sessionId + "]";
        }
    }

    /**
     * A session to go on with. {@code toString} hides the token.
     *
     * @param token null when the session is over
     * @param endText why it is over, null while it is not
     */
    record Resumed(@Maybe String token, String streamUrl, @Maybe String endText) {
        @Override
        public String toString() {
            return "Resumed[" + endText + "]";
        }
    }

    @GET
    public Listing<SessionView> list(
            @QueryParam("state") String state,
            @QueryParam("text") List<String> text,
            @QueryParam("target") String target,
            @QueryParam("owner") String owner,
            @QueryParam("status") String status,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("max") Integer max,
            @QueryParam("next") String next,
            @Context SecurityContext security) {
        String wanted = Inputs.text(state).orElse(ACTIVE);
        if (!wanted.equals(ACTIVE) && !wanted.equals(HISTORY)) {
            throw new SallyportException(CommonError.INVALID_ARGUMENT, "state must be active or history.");
        }
        List<Filter> filters = new ArrayList<>();
        text.forEach(value -> add("Text", value, filters));
        add("Target", target, filters);
        add("Owner", owner, filters);
        add("Status", status, filters);
        add("InvokedAfter", from, filters);
        add("InvokedBefore", to, filters);
        Principal caller = Caller.of(security).person();
        Page<SessionInfo> page =
                services.sessions().describe(caller, wanted.equals(ACTIVE), filters, Paging.request(max, next));
        Map<String, String> names = NodeNames.of(services, caller, page.items());
        return Paging.listing(page, session -> SessionView.of(session, names.get(session.target()), caller));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(status = 201, body = Begun.class)
    public Response start(Start wanted, @Context SecurityContext security) {
        String target = Inputs.required(Inputs.body(wanted).target(), "target");
        Started started = services.sessions()
                .start(
                        Caller.of(security).person(),
                        new StartRequest(
                                target,
                                Inputs.text(wanted.documentName()),
                                Inputs.text(wanted.reason()),
                                wanted.parameters() == null ? Map.of() : wanted.parameters()));
        return Response.status(201)
                .entity(new Begun(started.sessionId(), started.token().orElseThrow(), started.streamUrl()))
                .build();
    }

    /** Gives its owner a new token. */
    @POST
    @Path("{id}/resume")
    public Resumed resume(@PathParam("id") String id, @Context SecurityContext security) {
        Principal caller = Caller.of(security).person();
        Started started = services.sessions().resume(caller, id);
        String endText = started.token().isPresent() ? null : endText(caller, id);
        return new Resumed(started.token().orElse(null), started.streamUrl(), endText);
    }

    @DELETE
    @Path("{id}")
    @Answers(status = 204)
    public void terminate(@PathParam("id") String id, @Context SecurityContext security) {
        services.sessions().terminate(Caller.of(security).person(), id);
    }

    /** Who may resume may lack the right to list; then the text says less. */
    private String endText(Principal caller, String id) {
        Optional<SessionInfo> ended;
        try {
            ended = services
                    .sessions()
                    .describe(caller, false, List.of(new Filter("SessionId", id)), PageRequest.first(1))
                    .items()
                    .stream()
                    .findFirst();
        } catch (SallyportException e) {
            ended = Optional.empty();
        }
        return ended.map(SessionView::causeText).orElse("The session is over.");
    }

    private static void add(String key, String value, List<Filter> filters) {
        Inputs.text(value).ifPresent(text -> filters.add(new Filter(key, text)));
    }
}
