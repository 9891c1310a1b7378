package org.sallyport.front.console.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sallyport.api.access.DecisionExplainer.Denial;
import org.sallyport.front.console.api.Reasons.Verdict;

/** Why somebody was denied, for who may know it. */
@Path("denials")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class DenialsResource {
    private final Services services;

    DenialsResource(Services services) {
        this.services = services;
    }

    /**
     * A denial in a list.
     *
     * @param reason what said no, for instance {@code POLICIES}
     * @param principal ARN of who was denied
     */
    record DenialBrief(
            String reference, String at, String reason, String principal, String action, String resource, String text) {
        static DenialBrief of(Denial denial) {
            return new DenialBrief(
                    denial.reference(),
                    denial.at().toString(),
                    denial.reason().name(),
                    denial.principal(),
                    denial.action(),
                    denial.resource(),
                    denial.decision().text());
        }
    }

    /** @param context the condition keys that it was decided with */
    record DenialShown(
            String reference,
            String at,
            String reason,
            String principalId,
            String principal,
            String action,
            String resource,
            Map<String, List<String>> context,
            Verdict decision) {
        static DenialShown of(Denial denial) {
            return new DenialShown(
                    denial.reference(),
                    denial.at().toString(),
                    denial.reason().name(),
                    denial.principalId(),
                    denial.principal(),
                    denial.action(),
                    denial.resource(),
                    new TreeMap<>(denial.context()),
                    Verdict.of(denial.decision(), denial.sources()));
        }
    }

    /** The newest first. */
    @GET
    public Listing<DenialBrief> list(
            @QueryParam("principal") String principal,
            @QueryParam("max") Integer max,
            @QueryParam("next") String next,
            @Context SecurityContext security) {
        return Paging.listing(
                services.access()
                        .denials()
                        .list(Caller.person(security), Inputs.text(principal), Paging.request(max, next)),
                DenialBrief::of);
    }

    /** By the reference that the person denied was told. */
    @GET
    @Path("{reference}")
    public DenialShown get(@PathParam("reference") String reference, @Context SecurityContext security) {
        return DenialShown.of(services.access().denials().get(Caller.person(security), reference));
    }
}
