package org.sallyport.core.node;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.access.Principal;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.Activation;
import org.sallyport.api.node.Activations;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.kernel.access.NodeRoles;
import org.sallyport.kernel.node.NodeEvent;
import org.sallyport.kernel.node.NodeEvent.Kind;

/** Decides and checks, then hands on to the admission adapter, which keeps the activations. */
@Component(service = Activations.class)
public final class HybridActivations implements Activations {
    private final Decisions decisions;
    private final RoleRule roles;
    private final AdmissionCalls admission;
    private final EventsHeard heard;
    private final Clock clock;

    @Activate
    public HybridActivations(
            @Reference DecisionPoint decisionPoint,
            @Reference ServerAddress address,
            @Reference NodeRoles roles,
            @Reference AdmissionCalls admission,
            @Reference EventsHeard heard) {
        this(new Decisions(decisionPoint, address), roles, admission, heard, Clock.systemUTC());
    }

    HybridActivations(Decisions decisions, NodeRoles roles, AdmissionCalls admission, EventsHeard heard, Clock clock) {
        this.decisions = decisions;
        this.roles = new RoleRule(decisions, roles);
        this.admission = admission;
        this.heard = heard;
        this.clock = clock;
    }

    @Override
    public Created create(Principal caller, NewActivation wanted) {
        decisions.require(caller, "ssm:CreateActivation");
        Instant expires = ActivationLimits.check(wanted, clock.instant());
        roles.require(caller, wanted.role());
        Created created = admission.call((adapter, deadline) -> adapter.create(wanted, expires, deadline));
        tell(Kind.ACTIVATION_CREATED, caller, created.activation().id(), Map.of("role", wanted.role()));
        return created;
    }

    @Override
    public Page<Activation> list(Principal caller, List<Filter> filters, PageRequest page) {
        decisions.require(caller, "ssm:DescribeActivations");
        ActivationLimits.check(filters);
        return admission.call((adapter, deadline) -> adapter.list(filters, page, deadline));
    }

    @Override
    public void delete(Principal caller, String activationId) {
        decisions.require(caller, "ssm:DeleteActivation");
        boolean deleted = admission.call((adapter, deadline) -> adapter.delete(activationId, deadline));
        if (!deleted) {
            throw new SallyportException(
                    NodeError.ACTIVATION_UNKNOWN,
                    "There is no activation " + NodeText.clean(activationId) + "; list them to see the ids.");
        }
        tell(Kind.ACTIVATION_DELETED, caller, activationId, Map.of());
    }

    private void tell(Kind kind, Principal caller, String activationId, Map<String, String> details) {
        heard.happened(new NodeEvent(kind, clock.instant(), Optional.of(caller), activationId, "", details));
    }
}
