package org.sallyport.front.console.api;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.sallyport.api.iam.EntityKind;

/** The policies of a group, attached and in line. */
@Path("groups")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class GroupPoliciesResource extends HeldPolicies {
    GroupPoliciesResource(Services services) {
        super(services, EntityKind.GROUP);
    }
}
