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
import org.sallyport.api.iam.PolicyVersion;
import org.sallyport.front.console.api.AccessViews.VersionShown;

/** Versions of a managed policy. */
@Path("policies/policy/versions")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class PolicyVersionsResource {
    private final Services services;

    PolicyVersionsResource(Services services) {
        this.services = services;
    }

    /** A version without its document, which is asked for by itself. */
    record VersionBrief(String id, boolean isDefault, String createdAt) {
        static VersionBrief of(PolicyVersion version) {
            return new VersionBrief(
                    version.id(), version.isDefault(), version.created().toString());
        }
    }

    /** A new version. */
    record WantedVersion(String document, @Maybe Boolean makeDefault) {}

    /** The newest first. */
    @GET
    public Listing<VersionBrief> list(
            @Needed @QueryParam("arn") String arn,
            @QueryParam("max") Integer max,
            @QueryParam("next") String next,
            @Context SecurityContext security) {
        return Paging.listing(
                services.access()
                        .policies()
                        .versions(Caller.person(security), Inputs.required(arn, "arn"), Paging.request(max, next)),
                VersionBrief::of);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(status = 201, body = VersionShown.class)
    public Response create(
            @Needed @QueryParam("arn") String arn, WantedVersion wanted, @Context SecurityContext security) {
        PolicyVersion made = services.access()
                .policies()
                .createVersion(
                        Caller.person(security),
                        Inputs.required(arn, "arn"),
                        Inputs.required(Inputs.body(wanted).document(), "document"),
                        Boolean.TRUE.equals(wanted.makeDefault()));
        return Response.status(201).entity(VersionShown.of(made)).build();
    }

    @GET
    @Path("{version}")
    public VersionShown get(
            @PathParam("version") String version,
            @Needed @QueryParam("arn") String arn,
            @Context SecurityContext security) {
        return VersionShown.of(
                services.access().policies().version(Caller.person(security), Inputs.required(arn, "arn"), version));
    }

    /** What has the policy has this version from now on. */
    @PUT
    @Path("{version}/default")
    @Answers(status = 204)
    public void makeDefault(
            @PathParam("version") String version,
            @Needed @QueryParam("arn") String arn,
            @Context SecurityContext security) {
        services.access().policies().setDefault(Caller.person(security), Inputs.required(arn, "arn"), version);
    }

    @DELETE
    @Path("{version}")
    @Answers(status = 204)
    public void delete(
            @PathParam("version") String version,
            @Needed @QueryParam("arn") String arn,
            @Context SecurityContext security) {
        services.access().policies().deleteVersion(Caller.person(security), Inputs.required(arn, "arn"), version);
    }
}
