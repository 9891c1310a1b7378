package org.sallyport.front.console.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Arrays;
import java.util.Optional;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.WebSessions.Attempt;
import org.sallyport.api.access.WebSessions.Opened;
import org.sallyport.api.access.WebSessions.WebSession;

/** The caller's own session: sign-in, who am I, sign-out. */
@Path("session")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class SessionResource {
    private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Strict";

    private final Services services;

    SessionResource(Services services) {
        this.services = services;
    }

    /** Name, password and, with a second factor, its code. {@code toString} hides them. */
    record Credentials(String user, char[] password, @Maybe String code) {
        @Override
        public String toString() {
            return "Credentials[]";
        }
    }

    /** Who is signed in. */
    record User(String id, String name, String arn) {}

    /**
     * A session.
     *
     * @param csrf value of the header {@code X-CSRF-Token} of changes
     * @param totp whether the person has a second factor
     */
    record Signed(User user, String csrf, String expiresAt, boolean totp) {
        static Signed of(WebSession session) {
            Principal person = session.principal();
            return new Signed(
                    new User(person.id(), person.name(), person.arn()),
                    session.forgeryToken(),
                    session.expires().toString(),
                    session.secondFactor());
        }

        @Override
        public String toString() {
            return "Signed[" + user + "]";
        }
    }

    /** Signs in. The session that the browser had, if any, ends: what it knew before is worth nothing afterwards. */
    @POST
    @Open
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(body = Signed.class)
    public Response signIn(Credentials credentials, @Context HttpServletRequest servlet, @Context HttpHeaders headers) {
        char[] password = Inputs.required(Inputs.body(credentials).password(), "password");
        try {
            Opened opened = services.webSessions()
                    .signIn(new Attempt(
                            Inputs.required(credentials.user(), "user"),
                            password,
                            Inputs.text(credentials.code()),
                            // the socket's peer: forwarded headers are for anybody to write
                            servlet.getRemoteAddr()));
            Optional.ofNullable(headers.getCookies().get(Guard.COOKIE))
                    .ifPresent(old -> services.webSessions().signOut(old.getValue()));
            return Response.ok(Signed.of(opened.session()))
                    .header(HttpHeaders.SET_COOKIE, Guard.COOKIE + "=" + opened.token() + ATTRIBUTES)
                    .build();
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    @GET
    public Signed get(@Context SecurityContext security) {
        return Signed.of(Caller.of(security).session());
    }

    /** Signs out, here or everywhere. */
    @DELETE
    @Answers(status = 204)
    public Response signOut(@QueryParam("everywhere") boolean everywhere, @Context SecurityContext security) {
        String token = Caller.of(security).token();
        if (everywhere) {
            services.webSessions().signOutEverywhere(token);
        } else {
            services.webSessions().signOut(token);
        }
        return Response.noContent()
                .header(HttpHeaders.SET_COOKIE, Guard.COOKIE + "=" + ATTRIBUTES + "; Max-Age=0")
                .build();
    }
}
