package org.sallyport.core.access;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.iam.Simulations;
import org.sallyport.core.access.Entitlements.Document;
import org.sallyport.core.access.EntityTable.Entity;
import org.sallyport.spi.access.Decision;
import org.sallyport.spi.access.PolicyDocuments;
import org.sallyport.spi.access.PolicyKind;
import org.sallyport.spi.access.PolicyLayer;

/** Simulations, by the adapter that decides. */
@Component(service = Simulations.class)
public final class StoredSimulations implements Simulations {

    private static final int MOST_ACTIONS = 128;
    private static final int MOST_ANSWERS = 1_000;
    private final IamCore core;
    private final PolicyDecisionPoint decisions;
    private final DocumentChecks documents;

    @Activate
    public StoredSimulations(
            @Reference IamCore core, @Reference PolicyDecisionPoint decisions, @Reference DocumentChecks documents) {
        this.core = core;
        this.decisions = decisions;
        this.documents = documents;
    }

    @Override
    public List<Answer> custom(Principal caller, List<String> policies, List<String> boundary, Questions questions) {
        core.require(caller, "iam:SimulateCustomPolicy");
        checkInputs(policies, boundary, questions);
        Principal asking = asking(questions.caller().orElse(core.names().userArn("simulated")));
        Map<PolicyLayer, List<Document>> layers = new EnumMap<>(PolicyLayer.class);
        layers.put(PolicyLayer.IDENTITY, inputs("PolicyInputList.", policies));
        layers.put(PolicyLayer.BOUNDARY, inputs("PermissionsBoundaryPolicyInputList.", boundary));
        return answers(asking, layers, questions, Map.of());
    }

    @Override
    public List<Answer> principal(
            Principal caller, String sourceArn, List<String> policies, List<String> boundary, Questions questions) {
        core.requireNew(caller, "iam:SimulatePrincipalPolicy", sourceArn, Map.of());
        checkInputs(policies, boundary, questions);
        Entitlements owner = owner(sourceArn);
        Principal asking = asking(questions.caller().orElse(sourceArn));
        List<Document> identity = new ArrayList<>(owner.identity());
        identity.addAll(inputs("PolicyInputList.", policies));
        Map<PolicyLayer, List<Document>> layers = new EnumMap<>(PolicyLayer.class);
        layers.put(PolicyLayer.IDENTITY, identity);
        layers.put(
                PolicyLayer.BOUNDARY,
                boundary.isEmpty() ? owner.boundary() : inputs("PermissionsBoundaryPolicyInputList.", boundary));
        return answers(asking, layers, questions, known(sourceArn, owner));
    }

    @Override
    public List<String> contextKeys(Principal caller, List<String> policies) {
        core.require(caller, "iam:GetContextKeysForCustomPolicy");
        checkAll("policyInputList", policies);
        return documents.contextKeys(policies);
    }

    @Override
    public List<String> contextKeysOf(Principal caller, String sourceArn, List<String> policies) {
        core.requireNew(caller, "iam:GetContextKeysForPrincipalPolicy", sourceArn, Map.of());
        checkAll("policyInputList", policies);
        Entitlements owner = owner(sourceArn);
        List<String> all = new ArrayList<>(policies);
        owner.identity().forEach(document -> all.add(document.text()));
        owner.boundary().forEach(document -> all.add(document.text()));
        return documents.contextKeys(all);
    }

    private List<Answer> answers(
            Principal asking, Map<PolicyLayer, List<Document>> layers, Questions questions, Map<String, String> known) {
        questions
                .resourcePolicy()
                .ifPresent(policy -> layers.put(PolicyLayer.RESOURCE, inputs("ResourcePolicy", List.of(policy))));
        Map<String, List<String>> context = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        known.forEach((key, value) -> context.put(key, List.of(value)));
        // what is given wins, whatever its case
        context.putAll(questions.context());
        List<Answer> answers = new ArrayList<>();
        for (String action : questions.actions()) {
            for (String resource : questions.resources().isEmpty() ? List.of("*") : questions.resources()) {
                Rights rights = new Rights(new AccessRequest(asking, action, resource, context), layers);
                PolicyDocuments asked = rights.policies();
                PolicyDocuments all =
                        questions.resourcePolicy().map(asked::withResource).orElse(asked);
                answers.add(new Answer(action, resource, explained(rights.question(), all), rights.sources()));
            }
        }
        return answers;
    }

    private Decision explained(AccessRequest question, PolicyDocuments policies) {
        try {
            return decisions.explained(question, policies);
        } catch (SallyportException e) {
            throw new SallyportException(IamError.SERVICE_FAILURE, e.getMessage() + " Try again in a moment.", e);
        }
    }

    /** The condition keys that follow from the user or role itself. */
    private static Map<String, String> known(String arn, Entitlements owner) {
        Map<String, String> known = new HashMap<>();
        owner.tags().forEach((key, value) -> known.put("aws:PrincipalTag/" + key, value));
        known.put("aws:PrincipalArn", arn);
        known.put("aws:PrincipalAccount", arn.split(":")[4]);
        if (arn.contains(":user/")) {
            known.put("aws:username", owner.name());
            known.put("aws:PrincipalType", "User");
        }
        return known;
    }

    private Entitlements owner(String arn) {
        String type = arn.replaceFirst("^arn:aws:iam::[0-9]{12}:", "");
        EntityKind kind = type.startsWith("user/")
                ? EntityKind.USER
                : type.startsWith("group/") ? EntityKind.GROUP : type.startsWith("role/") ? EntityKind.ROLE : null;
        if (kind == null) {
            throw IamErrors.of(
                    IamError.INVALID_INPUT,
                    "Invalid Entity Arn: %s; give that of a user, group or role.".formatted(arn));
        }
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        EntitlementLoader loader = new EntitlementLoader(core.names(), core.policies());
        Entitlements found = core.read(connection -> {
            Optional<Entity> entity = EntityTable.find(connection, kind, name);
            return entity.isEmpty() ? Entitlements.NONE : loader.load(connection, kind, entity.get());
        });
        if (found.arn().filter(arn::equals).isEmpty()) {
            throw IamErrors.absent(kind, name);
        }
        return found;
    }

    private Principal asking(String arn) {
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        String account = arn.matches("arn:aws:[a-z]+::[0-9]{12}:.*")
                ? arn.split(":")[4]
                : core.names().accountId();
        return new Principal(account, PrincipalType.USER, name, name, arn);
    }

    private void checkInputs(List<String> policies, List<String> boundary, Questions questions) {
        if (questions.actions().isEmpty() || questions.actions().size() > MOST_ACTIONS) {
            throw IamErrors.of(IamError.INVALID_INPUT, "1 to %d actions are possible.".formatted(MOST_ACTIONS));
        }
        if ((long) questions.actions().size()
                        * Math.max(1, questions.resources().size())
                > MOST_ANSWERS) {
            throw IamErrors.of(
                    IamError.INVALID_INPUT,
                    "At most %d pairs of action and resource are possible.".formatted(MOST_ANSWERS));
        }
        checkAll("policyInputList", policies);
        checkAll("permissionsBoundaryPolicyInputList", boundary);
        questions
                .resourcePolicy()
                .ifPresent(policy -> documents.checkInput("resourcePolicy", PolicyKind.RESOURCE, policy));
    }

    private void checkAll(String name, List<String> policies) {
        for (int i = 0; i < policies.size(); i++) {
            documents.checkInput(name + "." + (i + 1), PolicyKind.INPUT, policies.get(i));
        }
    }

    private static List<Document> inputs(String name, List<String> policies) {
        List<Document> all = new ArrayList<>();
        for (int i = 0; i < policies.size(); i++) {
            all.add(new Document(policies.get(i), new Source(name.endsWith(".") ? name + (i + 1) : name, "none")));
        }
        return all;
    }
}
