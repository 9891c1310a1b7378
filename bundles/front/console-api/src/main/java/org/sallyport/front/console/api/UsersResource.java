package org.sallyport.front.console.api;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;

/** What an administrator does about other people's accounts. */
@Path("users")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class UsersResource {
    private final Services services;

    UsersResource(Services services) {
        this.services = services;
    }

    /** Takes away the second factor of who lost the device; ends that person's web sessions. */
    @DELETE
    @Path("{name}/totp")
    @Answers(status = 204)
    public void resetSecondFactor(@PathParam("name") String name, @Context SecurityContext security) {
        services.secondFactors().reset(Caller.of(security).person(), name);
    }
}
