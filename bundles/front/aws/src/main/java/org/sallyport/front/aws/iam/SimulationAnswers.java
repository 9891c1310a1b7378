package org.sallyport.front.aws.iam;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.iam.Simulations;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.front.aws.Output;
import org.sallyport.spi.access.Authorizer;
import org.sallyport.spi.access.Decision;
import org.sallyport.spi.access.PolicyLayer;
import org.sallyport.spi.access.StatementTrace;

/** How IAM tells the results of a simulation: one for each action on each resource. */
final class SimulationAnswers {
    private SimulationAnswers() {}

    /** A part of the results; its marker is the number of results before it, since the same questions have the same results in the same order. */
    static Output page(List<Simulations.Answer> answers, PageRequest page) {
        int from = page.token().map(marker -> start(marker, answers.size())).orElse(0);
        int to = Math.min(answers.size(), from + page.maxItems());
        Optional<String> next = to < answers.size() ? Optional.of(Integer.toString(to)) : Optional.empty();
        return IamAnswers.page(
                "EvaluationResults", new Page<>(answers.subList(from, to), next), SimulationAnswers::result);
    }

    private static int start(String marker, int size) {
        try {
            int start = Integer.parseInt(marker);
            if (start > 0 && start < size) {
                return start;
            }
        } catch (NumberFormatException e) {
            throw new SallyportException(IamError.INVALID_MARKER, "Invalid Marker.", e);
        }
        throw new SallyportException(IamError.INVALID_MARKER, "Invalid Marker.");
    }

    private static Output result(Simulations.Answer answer) {
        Decision decision = answer.decision();
        return Output.empty()
                .with("EvalActionName", answer.action())
                .with("EvalResourceName", answer.resource())
                .with("EvalDecision", verdict(decision.verdict()))
                .with("MatchedStatements", decision.decisive(), trace -> statement(trace, answer.sources()))
                .withTexts("MissingContextValues", decision.missingKeys())
                .withOutput(
                        "PermissionsBoundaryDecisionDetail",
                        decision.allowedByBoundary()
                                .map(allowed -> Output.empty().with("AllowedByPermissionsBoundary", allowed)));
    }

    private static Output statement(StatementTrace trace, Map<PolicyLayer, List<Simulations.Source>> sources) {
        Simulations.Source source = sources.get(trace.layer()).get(trace.document());
        return Output.empty()
                .with("SourcePolicyId", source.id())
                .with("SourcePolicyType", source.type())
                .with("StartPosition", position(trace.start()))
                .with("EndPosition", position(trace.end()));
    }

    private static Output position(StatementTrace.Position position) {
        return Output.empty().with("Line", position.line()).with("Column", position.column());
    }

    private static String verdict(Authorizer.Verdict verdict) {
        return switch (verdict) {
            case ALLOWED -> "allowed";
            case IMPLICIT_DENY -> "implicitDeny";
            case EXPLICIT_DENY -> "explicitDeny";
        };
    }
}
