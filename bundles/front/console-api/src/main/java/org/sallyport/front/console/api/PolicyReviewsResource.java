package org.sallyport.front.console.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.sallyport.api.iam.PolicyReviews;
import org.sallyport.spi.access.PolicyCheck;
import org.sallyport.spi.access.PolicyFinding;

/** What is to be said of a document before it is stored. */
@Path("policies/review")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class PolicyReviewsResource {
    private final Services services;

    PolicyReviewsResource(Services services) {
        this.services = services;
    }

    /** @param kind {@code MANAGED} without, {@code USER_INLINE}, {@code GROUP_INLINE}, {@code ROLE_INLINE}, {@code TRUST} and others */
    record Draft(String document, @Maybe String kind) {}

    /** @param line 0 when it is about the whole document; lines and columns count from 1 */
    record Fault(String message, String detail, int line, int column) {
        static Fault of(PolicyCheck.Problem problem) {
            return new Fault(
                    problem.message(),
                    problem.detail(),
                    problem.at().map(at -> at.line()).orElse(0),
                    problem.at().map(at -> at.column()).orElse(0));
        }
    }

    /**
     * A known mistake, or a road to more rights.
     *
     * @param severity {@code HIGH} or {@code MEDIUM}
     * @param statement its number, from 1
     */
    record Finding(
            String rule,
            String severity,
            int statement,
            String sid,
            int startLine,
            int startColumn,
            int endLine,
            int endColumn,
            String text) {
        static Finding of(PolicyFinding finding) {
            return new Finding(
                    finding.rule(),
                    finding.severity().name(),
                    finding.statement() + 1,
                    finding.sid(),
                    finding.start().line(),
                    finding.start().column(),
                    finding.end().line(),
                    finding.end().column(),
                    finding.text());
        }
    }

    /**
     * @param characters without white space
     * @param quota the most of them, 0 for no quota
     * @param faults why it may not be stored; one at most
     */
    record Reviewed(int characters, int quota, List<Fault> faults, List<Finding> findings) {
        static Reviewed of(PolicyReviews.Review review) {
            return new Reviewed(
                    review.check().characters(),
                    review.quota(),
                    review.check().problem().map(Fault::of).stream().toList(),
                    review.findings().stream().map(Finding::of).toList());
        }
    }

    /** Keeps nothing. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Reviewed review(Draft draft, @Context SecurityContext security) {
        String document = Inputs.required(Inputs.body(draft).document(), "document");
        return Reviewed.of(services.access()
                .reviews()
                .review(Caller.person(security), Inputs.text(draft.kind()).orElse("MANAGED"), document));
    }
}
