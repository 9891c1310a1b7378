package org.sallyport.front.console.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.sallyport.api.access.SecondFactors.Enrolment;

/** The caller's own second factor. */
@Path("session/totp")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class SecondFactorResource {
    private final Services services;

    SecondFactorResource(Services services) {
        this.services = services;
    }

    /** Six digits. {@code toString} hides them. */
    record Code(String code) {
        @Override
        public String toString() {
            return "Code[]";
        }
    }

    /** What goes into the authenticator, as text and as address for a QR code. {@code toString} hides it. */
    record Secret(String secret, String uri) {
        @Override
        public String toString() {
            return "Secret[]";
        }
    }

    /** Makes a secret, which does not count until a code of it was shown. */
    @POST
    public Secret begin(@Context SecurityContext security) {
        Enrolment enrolment = services.secondFactors().begin(Caller.of(security).person());
        return new Secret(enrolment.secret(), enrolment.uri());
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(status = 204)
    public void confirm(Code code, @Context SecurityContext security) {
        services.secondFactors().confirm(Caller.of(security).person(), digits(code));
    }

    @DELETE
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(status = 204)
    public void remove(Code code, @Context SecurityContext security) {
        services.secondFactors().remove(Caller.of(security).person(), digits(code));
    }

    private static String digits(Code code) {
        return Inputs.required(Inputs.body(code).code(), "code");
    }
}
