package org.sallyport.front.console.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;

/** The password with which a user signs in. */
@Path("users")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class UserPasswordResource {
    private final Services services;

    UserPasswordResource(Services services) {
        this.services = services;
    }

    /** {@code toString} hides it. */
    record WantedPassword(char[] password) {
        @Override
        public String toString() {
            return "WantedPassword[]";
        }
    }

    /** That there is one. */
    record PasswordShown(String createdAt) {}

    @GET
    @Path("{name}/password")
    public PasswordShown get(@PathParam("name") String name, @Context SecurityContext security) {
        return new PasswordShown(
                services.access().passwords().get(Caller.person(security), name).toString());
    }

    /** Lets a user sign in who could not. */
    @POST
    @Path("{name}/password")
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(status = 201, body = PasswordShown.class)
    public Response create(@PathParam("name") String name, WantedPassword wanted, @Context SecurityContext security) {
        Instant made =
                with(wanted, password -> services.access().passwords().create(Caller.person(security), name, password));
        return Response.status(201).entity(new PasswordShown(made.toString())).build();
    }

    /** Another password; ends the user's web sessions. */
    @PUT
    @Path("{name}/password")
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(status = 204)
    public void replace(@PathParam("name") String name, WantedPassword wanted, @Context SecurityContext security) {
        with(wanted, password -> {
            services.access().passwords().update(Caller.person(security), name, password);
            return true;
        });
    }

    /** The user cannot sign in any more; ends the user's web sessions. */
    @DELETE
    @Path("{name}/password")
    @Answers(status = 204)
    public void delete(@PathParam("name") String name, @Context SecurityContext security) {
        services.access().passwords().delete(Caller.person(security), name);
    }

    private static <T> T with(WantedPassword wanted, Function<char[], T> work) {
        char[] password = Inputs.required(Inputs.body(wanted).password(), "password");
        try {
            return work.apply(password);
        } finally {
            Arrays.fill(password, '\0');
        }
    }
}
