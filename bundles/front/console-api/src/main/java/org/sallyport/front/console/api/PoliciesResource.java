package org.sallyport.front.console.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.Attachments.Used;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.ManagedPolicies.NewPolicy;
import org.sallyport.api.iam.ManagedPolicies.Scope;
import org.sallyport.api.iam.ManagedPolicies.Wanted;
import org.sallyport.api.iam.ManagedPolicy;
import org.sallyport.front.console.api.AccessViews.PolicyShown;
import org.sallyport.front.console.api.AccessViews.UseShown;
import org.sallyport.front.console.api.NodeActionsResource.TagChange;

/** Managed policies; each is named by its ARN, as the decision asks for it. */
@Path("policies")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class PoliciesResource {
    private final Services services;

    PoliciesResource(Services services) {
        this.services = services;
    }

    /** A new policy; what is left out it does not have. */
    record WantedPolicy(
            String name,
            String document,
            @Maybe String path,
            @Maybe String description,
            @Maybe Map<String, String> tags) {}

    /** Those of the server first, then this account's. */
    @GET
    public Listing<PolicyShown> list(
            @QueryParam("text") String text,
            @QueryParam("scope") String scope,
            @QueryParam("attached") Boolean attached,
            @QueryParam("max") Integer max,
            @QueryParam("next") String next,
            @Context SecurityContext security) {
        Wanted wanted = new Wanted(
                scope(scope), Boolean.TRUE.equals(attached), Optional.empty(), AccessInputs.listed(text, max, next));
        return Paging.listing(services.access().policies().list(Caller.person(security), wanted), PolicyShown::of);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(status = 201, body = PolicyShown.class)
    public Response create(WantedPolicy wanted, @Context SecurityContext security) {
        ManagedPolicy made = services.access()
                .policies()
                .create(
                        Caller.person(security),
                        new NewPolicy(
                                Inputs.required(Inputs.body(wanted).name(), "name"),
                                AccessInputs.path(wanted.path()),
                                Inputs.required(wanted.document(), "document"),
                                Inputs.text(wanted.description()).orElse(""),
                                AccessViews.tags(wanted.tags())));
        return Response.status(201).entity(PolicyShown.of(made)).build();
    }

    @GET
    @Path("policy")
    public PolicyShown get(@Needed @QueryParam("arn") String arn, @Context SecurityContext security) {
        return PolicyShown.of(services.access().policies().get(Caller.person(security), Inputs.required(arn, "arn")));
    }

    @DELETE
    @Path("policy")
    @Answers(status = 204)
    public void delete(@Needed @QueryParam("arn") String arn, @Context SecurityContext security) {
        services.access().policies().delete(Caller.person(security), Inputs.required(arn, "arn"));
    }

    @POST
    @Path("policy/tags")
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(status = 204)
    public void changeTags(@Needed @QueryParam("arn") String arn, TagChange change, @Context SecurityContext security) {
        AccessInputs.change(
                services.access().tags(),
                Caller.person(security),
                EntityKind.POLICY,
                Inputs.required(arn, "arn"),
                Inputs.body(change));
    }

    /** What has it, or is limited by it: groups, then roles, then users. */
    @GET
    @Path("policy/uses")
    public Listing<UseShown> uses(
            @Needed @QueryParam("arn") String arn,
            @QueryParam("max") Integer max,
            @QueryParam("next") String next,
            @Context SecurityContext security) {
        Used used = new Used(
                Inputs.required(arn, "arn"), Optional.empty(), Optional.empty(), AccessInputs.listed(null, max, next));
        return Paging.listing(services.access().attachments().entities(Caller.person(security), used), UseShown::of);
    }

    private static Scope scope(String given) {
        return switch (Inputs.text(given).orElse("all")) {
            case "all" -> Scope.ALL;
            case "server" -> Scope.AWS;
            case "account" -> Scope.LOCAL;
            default ->
                throw new SallyportException(CommonError.INVALID_ARGUMENT, "scope must be all, server or account.");
        };
    }
}
