package org.sallyport.front.console.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sallyport.api.iam.Simulations;
import org.sallyport.api.iam.Simulations.Answer;
import org.sallyport.api.iam.Simulations.Questions;
import org.sallyport.front.console.api.Reasons.Verdict;

/** What would be decided. Nothing is done. */
@Path("simulations")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class SimulationsResource {
    private final Services services;

    SimulationsResource(Services services) {
        this.services = services;
    }

    /**
     * The questions: each action on each resource.
     *
     * @param principal ARN of a user, group or role; by the given documents alone without
     * @param policies documents
     * @param boundary documents that limit them, one at most; instead of the principal's own
     * @param resources ARNs; {@code *} without
     * @param context condition keys of the request
     */
    record Simulation(
            List<String> actions,
            @Maybe String principal,
            @Maybe List<String> policies,
            @Maybe List<String> boundary,
            @Maybe List<String> resources,
            @Maybe Map<String, List<String>> context) {}

    /** One answer. */
    record SimulatedAnswer(String action, String resource, Verdict decision) {
        static SimulatedAnswer of(Answer answer) {
            return new SimulatedAnswer(
                    answer.action(), answer.resource(), Verdict.of(answer.decision(), answer.sources()));
        }
    }

    /** All answers, in the order of the questions. */
    record Simulated(List<SimulatedAnswer> results) {}

    /** By the policies of a user, group or role and more that are given, or by those that are given alone. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Simulated simulate(Simulation simulation, @Context SecurityContext security) {
        Map<String, List<String>> context = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        context.putAll(orEmpty(Inputs.body(simulation).context()));
        Questions questions = new Questions(
                Inputs.required(simulation.actions(), "actions"),
                orEmpty(simulation.resources()),
                context,
                Optional.empty(),
                Optional.empty());
        Simulations simulations = services.access().simulations();
        List<String> policies = orEmpty(simulation.policies());
        List<String> boundary = orEmpty(simulation.boundary());
        List<Answer> answers = Inputs.text(simulation.principal())
                .map(arn -> simulations.principal(Caller.person(security), arn, policies, boundary, questions))
                .orElseGet(() -> simulations.custom(Caller.person(security), policies, boundary, questions));
        return new Simulated(answers.stream().map(SimulatedAnswer::of).toList());
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : list;
    }

    private static Map<String, List<String>> orEmpty(Map<String, List<String>> map) {
        return map == null ? Map.of() : map;
    }
}
