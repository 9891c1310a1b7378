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
import org.sallyport.api.iam.Group;
import org.sallyport.api.page.PageRequest;
import org.sallyport.front.console.api.AccessViews.GroupShown;
import org.sallyport.front.console.api.AccessViews.UserShown;
import org.sallyport.front.console.api.UsersResource.Renaming;

/** Groups and who is in them. */
@Path("groups")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class GroupsResource {
    private final Services services;

    GroupsResource(Services services) {
        this.services = services;
    }

    /** A new group. */
    record WantedGroup(String name, @Maybe String path) {}

    @GET
    public Listing<GroupShown> list(
            @QueryParam("text") String text,
            @QueryParam("max") Integer max,
            @QueryParam("next") String next,
            @Context SecurityContext security) {
        return Paging.listing(
                services.access().groups().list(Caller.person(security), AccessInputs.listed(text, max, next)),
                GroupShown::of);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(status = 201, body = GroupShown.class)
    public Response create(WantedGroup wanted, @Context SecurityContext security) {
        String name = Inputs.required(Inputs.body(wanted).name(), "name");
        Group made = services.access().groups().create(Caller.person(security), name, AccessInputs.path(wanted.path()));
        return Response.status(201).entity(GroupShown.of(made)).build();
    }

    @GET
    @Path("{name}")
    public GroupShown get(@PathParam("name") String name, @Context SecurityContext security) {
        return GroupShown.of(services.access()
                .groups()
                .get(Caller.person(security), name, PageRequest.first(1))
                .group());
    }

    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(status = 204)
    public void rename(@PathParam("name") String name, Renaming renaming, @Context SecurityContext security) {
        services.access()
                .groups()
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
        services.access().groups().delete(Caller.person(security), name);
    }

    @GET
    @Path("{name}/users")
    public Listing<UserShown> members(
            @PathParam("name") String name,
            @QueryParam("max") Integer max,
            @QueryParam("next") String next,
            @Context SecurityContext security) {
        return Paging.listing(
                services.access()
                        .groups()
                        .get(Caller.person(security), name, Paging.request(max, next))
                        .users(),
                UserShown::of);
    }

    @PUT
    @Path("{name}/users/{user}")
    @Answers(status = 204)
    public void add(@PathParam("name") String name, @PathParam("user") String user, @Context SecurityContext security) {
        services.access().groups().add(Caller.person(security), name, user);
    }

    @DELETE
    @Path("{name}/users/{user}")
    @Answers(status = 204)
    public void remove(
            @PathParam("name") String name, @PathParam("user") String user, @Context SecurityContext security) {
        services.access().groups().remove(Caller.person(security), name, user);
    }
}
