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
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.Role;
import org.sallyport.api.iam.Roles.NewRole;
import org.sallyport.front.console.api.AccessViews.RoleShown;
import org.sallyport.front.console.api.NodeActionsResource.TagChange;

/** Roles. */
@Path("roles")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class RolesResource {
    private final Services services;

    RolesResource(Services services) {
        this.services = services;
    }

    /**
     * A new role; what is left out it does not have.
     *
     * @param trust its trust policy
     * @param hours longest session, 1 to 12; 1 without
     */
    record WantedRole(
            String name,
            String trust,
            @Maybe String path,
            @Maybe String description,
            @Maybe Integer hours,
            @Maybe String boundary,
            @Maybe Map<String, String> tags) {}

    /** What is left out stays. */
    record RoleDetails(@Maybe String description, @Maybe Integer hours) {}

    @GET
    public Listing<RoleShown> list(
            @QueryParam("text") String text,
            @QueryParam("max") Integer max,
            @QueryParam("next") String next,
            @Context SecurityContext security) {
        return Paging.listing(
                services.access().roles().list(Caller.person(security), AccessInputs.listed(text, max, next)),
                RoleShown::of);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(status = 201, body = RoleShown.class)
    public Response create(WantedRole wanted, @Context SecurityContext security) {
        Role made = services.access()
                .roles()
                .create(
                        Caller.person(security),
                        new NewRole(
                                Inputs.required(Inputs.body(wanted).name(), "name"),
                                AccessInputs.path(wanted.path()),
                                Inputs.required(wanted.trust(), "trust"),
                                Inputs.text(wanted.description()).orElse(""),
                                hours(wanted.hours()),
                                Inputs.text(wanted.boundary()),
                                AccessViews.tags(wanted.tags())));
        return Response.status(201).entity(RoleShown.of(made)).build();
    }

    @GET
    @Path("{name}")
    public RoleShown get(@PathParam("name") String name, @Context SecurityContext security) {
        return RoleShown.of(services.access().roles().get(Caller.person(security), name));
    }

    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(status = 204)
    public void update(@PathParam("name") String name, RoleDetails details, @Context SecurityContext security) {
        services.access()
                .roles()
                .update(
                        Caller.person(security),
                        name,
                        Optional.ofNullable(Inputs.body(details).description()),
                        hours(details.hours()));
    }

    /** Who may assume it. */
    @PUT
    @Path("{name}/trust")
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(status = 204)
    public void changeTrust(@PathParam("name") String name, PolicyText trust, @Context SecurityContext security) {
        services.access()
                .roles()
                .updateTrust(
                        Caller.person(security),
                        name,
                        Inputs.required(Inputs.body(trust).document(), "document"));
    }

    @DELETE
    @Path("{name}")
    @Answers(status = 204)
    public void delete(@PathParam("name") String name, @Context SecurityContext security) {
        services.access().roles().delete(Caller.person(security), name);
    }

    @POST
    @Path("{name}/tags")
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(status = 204)
    public void changeTags(@PathParam("name") String name, TagChange change, @Context SecurityContext security) {
        AccessInputs.change(
                services.access().tags(), Caller.person(security), EntityKind.ROLE, name, Inputs.body(change));
    }

    private static Optional<Duration> hours(Integer given) {
        return Optional.ofNullable(given).map(Duration::ofHours);
    }
}
