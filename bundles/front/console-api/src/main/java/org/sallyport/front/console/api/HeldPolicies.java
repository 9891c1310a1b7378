package org.sallyport.front.console.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.Owner;
import org.sallyport.front.console.api.Held.AttachedShown;
import org.sallyport.front.console.api.Held.InlineName;

/** What all have that have policies: those that are attached, and those in line. The names of the routes are those of the class that extends it. */
public abstract class HeldPolicies {
    private final Services services;
    private final EntityKind kind;

    HeldPolicies(Services services, EntityKind kind) {
        this.services = services;
        this.kind = kind;
    }

    final Services services() {
        return services;
    }

    final Held held(SecurityContext security, String name) {
        return new Held(services.access(), Caller.person(security), new Owner(kind, name));
    }

    @GET
    @Path("{name}/policies")
    public Listing<AttachedShown> attached(
            @PathParam("name") String name,
            @QueryParam("max") Integer max,
            @QueryParam("next") String next,
            @Context SecurityContext security) {
        return held(security, name).attached(Paging.request(max, next));
    }

    @PUT
    @Path("{name}/policies")
    @Answers(status = 204)
    public void attach(
            @PathParam("name") String name, @Needed @QueryParam("arn") String arn, @Context SecurityContext security) {
        held(security, name).attach(arn);
    }

    @DELETE
    @Path("{name}/policies")
    @Answers(status = 204)
    public void detach(
            @PathParam("name") String name, @Needed @QueryParam("arn") String arn, @Context SecurityContext security) {
        held(security, name).detach(arn);
    }

    @GET
    @Path("{name}/inline")
    public Listing<InlineName> inline(
            @PathParam("name") String name,
            @QueryParam("max") Integer max,
            @QueryParam("next") String next,
            @Context SecurityContext security) {
        return held(security, name).inline(Paging.request(max, next));
    }

    @GET
    @Path("{name}/inline/{policy}")
    public PolicyText getInline(
            @PathParam("name") String name, @PathParam("policy") String policy, @Context SecurityContext security) {
        return held(security, name).inline(policy);
    }

    /** Makes or replaces it. */
    @PUT
    @Path("{name}/inline/{policy}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(status = 204)
    public void putInline(
            @PathParam("name") String name,
            @PathParam("policy") String policy,
            PolicyText text,
            @Context SecurityContext security) {
        held(security, name).putInline(policy, text);
    }

    @DELETE
    @Path("{name}/inline/{policy}")
    @Answers(status = 204)
    public void deleteInline(
            @PathParam("name") String name, @PathParam("policy") String policy, @Context SecurityContext security) {
        held(security, name).deleteInline(policy);
    }
}
