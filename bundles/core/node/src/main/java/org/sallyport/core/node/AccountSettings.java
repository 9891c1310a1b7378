package org.sallyport.core.node;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.access.Principal;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.node.ServiceSettings;
import org.sallyport.core.node.SettingTable.Change;
import org.sallyport.kernel.access.NodeRoles;
import org.sallyport.kernel.node.NodeEvent;
import org.sallyport.kernel.node.NodeEvent.Kind;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings of the account: the activation tier and the default role of cloud instances. */
@Component(service = ServiceSettings.class)
public final class AccountSettings implements ServiceSettings {
    private static final Logger LOG = LoggerFactory.getLogger(AccountSettings.class);
    private static final Map<String, String> DEFAULTS = Map.of(ACTIVATION_TIER, "standard", DEFAULT_ROLE, NO_ROLE);
    private static final Set<String> TIERS = Set.of("standard", "advanced");

    /** Attempts against registrations that come meanwhile. */
    private static final int ATTEMPTS = 20;

    private final Decisions decisions;
    private final RoleRule roles;
    private final SettingTable table;
    private final NodeTable nodes;
    private final ActivationTiers tiers;
    private final TierEnds ends;
    private final EventsHeard heard;
    private final Clock clock;

    @Activate
    public AccountSettings(
            @Reference DecisionPoint decisionPoint,
            @Reference ServerAddress address,
            @Reference NodeRoles nodeRoles,
            @Reference ActivationTiers tiers,
            @Reference TierEnds ends,
            @Reference EventsHeard heard,
            @Reference Transactions transactions,
            @Reference(target = NodeSchema.TARGET) Schema schema) {
        this(new Decisions(decisionPoint, address), nodeRoles, tiers, ends, heard, transactions, Clock.systemUTC());
    }

    AccountSettings(
            Decisions decisions,
            NodeRoles nodeRoles,
            ActivationTiers tiers,
            TierEnds ends,
            EventsHeard heard,
            Transactions transactions,
            Clock clock) {
        this.decisions = decisions;
        this.roles = new RoleRule(decisions, nodeRoles);
        this.table = new SettingTable(transactions);
        this.nodes = new NodeTable(transactions);
        this.tiers = tiers;
        this.ends = ends;
        this.heard = heard;
        this.clock = clock;
    }

    @Override
    public Setting get(Principal caller, String settingId) {
        String arn = arn(settingId);
        decisions.require(caller, "ssm:GetServiceSetting", arn);
        return setting(known(settingId, arn), arn);
    }

    @Override
    public void update(Principal caller, String settingId, String value) {
        String arn = arn(settingId);
        decisions.require(caller, "ssm:UpdateServiceSetting", arn);
        String id = known(settingId, arn);
        change(caller, id, checked(caller, id, value), Optional.of(new Change(clock.instant(), caller.arn())));
    }

    @Override
    public Setting reset(Principal caller, String settingId) {
        String arn = arn(settingId);
        decisions.require(caller, "ssm:ResetServiceSetting", arn);
        String id = known(settingId, arn);
        change(caller, id, DEFAULTS.get(id), Optional.empty());
        return setting(id, arn);
    }

    private Setting setting(String id, String arn) {
        SettingTable.Row row = table.find(id).orElseThrow(() -> unknown(id));
        Change change = row.change().orElse(new Change(Instant.EPOCH, "System"));
        String status = row.change().isPresent() ? "Customized" : "Default";
        return new Setting(
                id,
                row.value(),
                change.at(),
                change.by(),
                decisions.settingArn(id),
                row.pendingSince().isPresent() ? "PendingUpdate" : status);
    }

    private String checked(Principal caller, String id, String value) {
        if (id.equals(ACTIVATION_TIER)) {
            if (value == null || !TIERS.contains(value)) {
                throw new SallyportException(
                        CommonError.INVALID_ARGUMENT, "The setting " + ACTIVATION_TIER + " is standard or advanced.");
            }
        } else if (!NO_ROLE.equals(value)) {
            roles.require(caller, value == null ? "" : value.substring(value.lastIndexOf('/') + 1));
        }
        return value;
    }

    private void change(Principal caller, String id, String value, Optional<Change> change) {
        String before = table.find(id).orElseThrow(() -> unknown(id)).value();
        if (id.equals(ACTIVATION_TIER)) {
            changeTier(value, change);
        } else {
            table.changeDefaultRole(value, change);
        }
        heard.happened(new NodeEvent(
                Kind.SETTING_CHANGED,
                clock.instant(),
                Optional.of(caller),
                id,
                "",
                Map.of("from", before, "to", value)));
    }

    /** The tier is asked about a count, outside of the transaction, and is changed only while that count still holds. */
    private void changeTier(String tier, Optional<Change> change) {
        Instant begun = clock.instant();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long count = nodes.count();
            requireRoom(tier, count);
            Optional<Instant> pending = tier.equals(tiers.tier()) ? Optional.empty() : Optional.of(begun);
            if (table.changeTierUnlessMoreThan(count, tier, change, pending)) {
                endSessions();
                return;
            }
        }
        throw new SallyportException(
                CommonError.SERVICE_AWAY, "Too many nodes are registering at once; try again in a moment.");
    }

    private void requireRoom(String tier, long count) {
        if (count > 0) {
            tiers.registration(tier, count - 1).ifPresent(refusal -> {
                throw new SallyportException(
                        NodeError.SETTING_REFUSED, "There are " + count + " hybrid nodes. " + refusal.message() + ".");
            });
        }
    }

    /** At once if it can be; else, and once more for sessions that were just starting, the keeper does it. */
    private void endSessions() {
        try {
            ends.enforce();
        } catch (SallyportException e) {
            LOG.warn("Sessions that the new tier does not allow are ended later: {}", e.getMessage());
        }
    }

    /** As given when it is an ARN already; policies see what the caller named. */
    private String arn(String settingId) {
        if (settingId.startsWith("arn:")) {
            return settingId;
        }
        return decisions.settingArn(settingId.startsWith("/") ? settingId : "/" + settingId);
    }

    private String known(String settingId, String arn) {
        return List.of(ACTIVATION_TIER, DEFAULT_ROLE).stream()
                .filter(id -> arn.equals(decisions.settingArn(id)))
                .findFirst()
                .orElseThrow(() -> unknown(settingId));
    }

    private static SallyportException unknown(String settingId) {
        return new SallyportException(
                NodeError.SETTING_UNKNOWN,
                "There is no setting " + NodeText.clean(settingId) + "; this server has " + ACTIVATION_TIER + " and "
                        + DEFAULT_ROLE + ".");
    }
}
