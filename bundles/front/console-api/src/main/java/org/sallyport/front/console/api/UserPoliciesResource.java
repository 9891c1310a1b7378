package org.sallyport.front.console.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.front.console.api.AccessViews.GroupShown;

/** The policies of a user, attached and in line, its boundary and its groups. */
@Path("users")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class UserPoliciesResource extends LimitedPolicies {
    UserPoliciesResource(Services services) {
        super(services, EntityKind.USER);
    }

    @GET
    @Path("{name}/groups")
    public Listing<GroupShown> groups(
            @PathParam("name") String name,
            @QueryParam("max") Integer max,
            @QueryParam("next") String next,
            @Context SecurityContext security) {
        return Paging.listing(
                services().access().groups().of(Caller.person(security), name, Paging.request(max, next)),
                GroupShown::of);
    }
}
