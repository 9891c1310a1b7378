package org.sallyport.front.console.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.sallyport.api.access.Principal;
import org.sallyport.api.node.NodeLife;
import org.sallyport.api.node.ResourceTags;

/** What is done with one node. */
@Path("nodes")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class NodeActionsResource {
    private final Services services;

    NodeActionsResource(Services services) {
        this.services = services;
    }

    /** The role to act with. */
    record RoleChange(String role) {}

    /** Tags to add or change, and keys of tags to remove. */
    record TagChange(@Maybe Map<String, String> set, @Maybe List<String> remove) {}

    /**
     * The answer to whether another machine is the node.
     *
     * @param fingerprint of the machine that is meant, as it was shown
     */
    record MachineDecision(String fingerprint, boolean accept) {}

    /** Ends the node's sessions, voids its credentials and forgets it. */
    @DELETE
    @Path("{id}")
    @Answers(status = 204)
    public void deregister(@PathParam("id") String id, @Context SecurityContext security) {
        services.nodeLife().deregister(Caller.person(security), id);
    }

    /** Lets a node in that waits. */
    @POST
    @Path("{id}/approval")
    @Answers(status = 204)
    public void approve(@PathParam("id") String id, @Context SecurityContext security) {
        services.nodeLife().approve(Caller.person(security), id);
    }

    @PUT
    @Path("{id}/role")
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(status = 204)
    public void changeRole(@PathParam("id") String id, RoleChange change, @Context SecurityContext security) {
        String role = Inputs.required(Inputs.body(change).role(), "role");
        services.nodeLife().changeRole(Caller.person(security), id, role);
    }

    @POST
    @Path("{id}/tags")
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(status = 204)
    public void changeTags(@PathParam("id") String id, TagChange change, @Context SecurityContext security) {
        TagChange wanted = Inputs.body(change);
        Principal person = Caller.person(security);
        boolean removes = wanted.remove() != null && !wanted.remove().isEmpty();
        boolean sets = wanted.set() != null && !wanted.set().isEmpty();
        if (removes) {
            services.tags().remove(person, ResourceTags.NODE, id, new HashSet<>(wanted.remove()));
        }
        if (sets || !removes) {
            // also for a change of nothing: who may not change tags hears that, and not that all is well
            services.tags().add(person, ResourceTags.NODE, id, sets ? wanted.set() : Map.of());
        }
    }

    @POST
    @Path("{id}/machine")
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(status = 204)
    public void decideMachine(@PathParam("id") String id, MachineDecision decision, @Context SecurityContext security) {
        String fingerprint = Inputs.required(Inputs.body(decision).fingerprint(), "fingerprint");
        NodeLife life = services.nodeLife();
        if (decision.accept()) {
            life.acceptMachine(Caller.person(security), id, fingerprint);
        } else {
            life.refuseMachine(Caller.person(security), id, fingerprint);
        }
    }
}
