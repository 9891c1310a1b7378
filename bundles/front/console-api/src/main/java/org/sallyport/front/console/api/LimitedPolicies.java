package org.sallyport.front.console.api;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import org.sallyport.api.iam.EntityKind;

/** The policies of who has a permissions boundary as well. */
public abstract class LimitedPolicies extends HeldPolicies {
    LimitedPolicies(Services services, EntityKind kind) {
        super(services, kind);
    }

    /** No policy gives more than this one allows. */
    @PUT
    @Path("{name}/boundary")
    @Answers(status = 204)
    public void limit(
            @PathParam("name") String name, @Needed @QueryParam("arn") String arn, @Context SecurityContext security) {
        held(security, name).limit(arn);
    }

    @DELETE
    @Path("{name}/boundary")
    @Answers(status = 204)
    public void unlimit(@PathParam("name") String name, @Context SecurityContext security) {
        held(security, name).unlimit();
    }
}
