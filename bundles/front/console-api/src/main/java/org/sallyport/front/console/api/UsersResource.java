package org.sallyport.front.console.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.User;
import org.sallyport.api.iam.Users.NewUser;
import org.sallyport.front.console.api.AccessViews.UserShown;
import org.sallyport.front.console.api.NodeActionsResource.TagChange;

/** Users. */
@Path("users")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class UsersResource {
    private final Services services;

    UsersResource(Services services) {
        this.services = services;
    }

    /** A new user; what is left out it does not have. */
    record WantedUser(String name, @Maybe String path, @Maybe String boundary, @Maybe Map<String, String> tags) {}

    /** What is left out stays. */
    record Renaming(@Maybe String name, @Maybe String path) {}

    /** A second factor. */
    record FactorShown(boolean on) {}

    @GET
    public Listing<UserShown> list(
            @QueryParam("text") String text,
            @QueryParam("max") Integer max,
            @QueryParam("next") String next,
            @Context SecurityContext security) {
        return Paging.listing(
                services.access().users().list(Caller.person(security), AccessInputs.listed(text, max, next)),
                UserShown::of);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(status = 201, body = UserShown.class)
    public Response create(WantedUser wanted, @Context SecurityContext security) {
        User made = services.access()
                .users()
                .create(
                        Caller.person(security),
                        new NewUser(
                                Inputs.required(Inputs.body(wanted).name(), "name"),
                                AccessInputs.path(wanted.path()),
                                Inputs.text(wanted.boundary()),
                                AccessViews.tags(wanted.tags())));
        return Response.status(201).entity(UserShown.of(made)).build();
    }

    @GET
    @Path("{name}")
    public UserShown get(@PathParam("name") String name, @Context SecurityContext security) {
        return UserShown.of(services.access().users().get(Caller.person(security), Optional.of(name)));
    }

    /** Another name or path; the user stays the same one, with all that it has. */
    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(status = 204)
    public void rename(@PathParam("name") String name, Renaming renaming, @Context SecurityContext security) {
        services.access()
                .users()
                .update(
                        Caller.person(security),
                        name,
                        Inputs.text(Inputs.body(renaming).name()),
                        Inputs.text(renaming.path()));
    }

    @DELETE
    @Path("{name}")
    @Answers(status = 204)
    public void delete(@PathParam("name") String name, @Context SecurityContext security) {
        services.access().users().delete(Caller.person(security), name);
    }

    @POST
    @Path("{name}/tags")
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(status = 204)
    public void changeTags(@PathParam("name") String name, TagChange change, @Context SecurityContext security) {
        AccessInputs.change(
                services.access().tags(), Caller.person(security), EntityKind.USER, name, Inputs.body(change));
    }

    /** Whether the user has a second factor that is on. */
    @GET
    @Path("{name}/totp")
    public FactorShown secondFactor(@PathParam("name") String name, @Context SecurityContext security) {
        return new FactorShown(!services.access()
                .account()
                .devices(Caller.person(security), Optional.of(name))
                .isEmpty());
    }

    /** Takes away the second factor of who lost the device; ends that person's web sessions. */
    @DELETE
    @Path("{name}/totp")
    @Answers(status = 204)
    public void resetSecondFactor(@PathParam("name") String name, @Context SecurityContext security) {
        services.secondFactors().reset(Caller.person(security), name);
    }
}
