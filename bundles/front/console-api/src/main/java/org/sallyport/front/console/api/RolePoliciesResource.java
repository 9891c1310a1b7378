package org.sallyport.front.console.api;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.sallyport.api.iam.EntityKind;

/** The policies of a role, attached and in line, and its boundary. */
@Path("roles")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class RolePoliciesResource extends LimitedPolicies {
    RolePoliciesResource(Services services) {
        super(services, EntityKind.ROLE);
    }
}
