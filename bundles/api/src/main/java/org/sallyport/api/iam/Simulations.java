package org.sallyport.api.iam;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.Principal;
import org.sallyport.spi.access.Decision;
import org.sallyport.spi.access.PolicyLayer;

/** What would be decided, and by which statement. Nothing is done. Any thread; blocks for the store and the policy adapter. */
@ProviderType
public interface Simulations {
    /**
     * The questions: each action on each resource.
     *
     * @param actions at most 128
     * @param resources ARNs; {@code *} when empty
     * @param context condition keys; those that follow from a principal are set by who asks, too
     * @param resourcePolicy a policy on the resources, JSON text
     * @param caller ARN of the user that asks in the simulation; must be given with a resource policy
     */
    record Questions(
            List<String> actions,
            List<String> resources,
            Map<String, List<String>> context,
            Optional<String> resourcePolicy,
            Optional<String> caller) {
        public Questions {
            actions = List.copyOf(actions);
            resources = List.copyOf(resources);
            context = Map.copyOf(context);
        }
    }

    /**
     * Where a document came from.
     *
     * @param id as in {@code SourcePolicyId}: {@code PolicyInputList.1}, the name of a policy, or {@code user_bob_policyname} for one in line
     * @param type as in {@code SourcePolicyType}: {@code user}, {@code group}, {@code role}, {@code aws-managed}, {@code user-managed}, {@code resource} or {@code none}
     */
    record Source(String id, String type) {}

    /**
     * One answer.
     *
     * @param sources of each layer's documents, in the order that {@code decision}'s traces count them
     */
    record Answer(String action, String resource, Decision decision, Map<PolicyLayer, List<Source>> sources) {
        public Answer {
            sources = Map.copyOf(sources);
        }
    }

    /**
     * {@code iam:SimulateCustomPolicy}, by documents that are given.
     *
     * @param boundary documents that limit them; at most one
     * @throws org.sallyport.api.error.SallyportException {@code INVALID_INPUT} for a document that cannot be read, naming it; {@code SERVICE_FAILURE}
     */
    List<Answer> custom(Principal caller, List<String> policies, List<String> boundary, Questions questions);

    /**
     * {@code iam:SimulatePrincipalPolicy} on the ARN, by the policies that a user, group or role has, and more that are given.
     *
     * @param sourceArn of a user, group or role
     * @param boundary instead of the one that it has; empty for that one
     * @throws org.sallyport.api.error.SallyportException {@code NO_SUCH_ENTITY}, {@code INVALID_INPUT}, {@code SERVICE_FAILURE}
     */
    List<Answer> principal(
            Principal caller, String sourceArn, List<String> policies, List<String> boundary, Questions questions);

    /** {@code iam:GetContextKeysForCustomPolicy}: sorted. Throws {@code INVALID_INPUT}, {@code SERVICE_FAILURE}. */
    List<String> contextKeys(Principal caller, List<String> policies);

    /** {@code iam:GetContextKeysForPrincipalPolicy}: sorted. Throws {@code NO_SUCH_ENTITY}, {@code INVALID_INPUT}, {@code SERVICE_FAILURE}. */
    List<String> contextKeysOf(Principal caller, String sourceArn, List<String> policies);
}
