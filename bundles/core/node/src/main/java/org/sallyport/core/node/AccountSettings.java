package org.sallyport.core.node;

import java.time.Clock;
import java.time.Instant;
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
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Transactions;

/** The settings of the account: the activation tier so far. */
@Component(service = ServiceSettings.class)
public final class AccountSettings implements ServiceSettings {
    private static final Set<String> TIERS = Set.of("standard", "advanced");

    private final Decisions decisions;
    private final SettingTable table;
    private final Clock clock;

    @Activate
    public AccountSettings(
            @Reference DecisionPoint decisionPoint,
            @Reference ServerAddress address,
            @Reference Transactions transactions,
            @Reference(target = NodeSchema.TARGET) Schema schema) {
        this(new Decisions(decisionPoint, address), new SettingTable(transactions), Clock.systemUTC());
    }

    AccountSettings(Decisions decisions, SettingTable table, Clock clock) {
        this.decisions = decisions;
        this.table = table;
        this.clock = clock;
    }

    @Override
    public Setting get(Principal caller, String settingId) {
        String arn = arn(settingId);
        decisions.require(caller, "ssm:GetServiceSetting", arn);
        checkKnown(settingId, arn);
        SettingTable.Row row = table.find(ACTIVATION_TIER).orElseThrow(() -> unknown(settingId));
        Change change = row.change().orElse(new Change(Instant.EPOCH, "System"));
        String status = row.change().isPresent() ? "Customized" : "Default";
        return new Setting(ACTIVATION_TIER, row.value(), change.at(), change.by(), arn, status);
    }

    @Override
    public void update(Principal caller, String settingId, String value) {
        String arn = arn(settingId);
        decisions.require(caller, "ssm:UpdateServiceSetting", arn);
        checkKnown(settingId, arn);
        if (value == null || !TIERS.contains(value)) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT, "The setting " + ACTIVATION_TIER + " is standard or advanced.");
        }
        table.change(ACTIVATION_TIER, value, new Change(clock.instant(), caller.arn()));
    }

    /** As given when it is an ARN already; policies see what the caller named. */
    private String arn(String settingId) {
        if (settingId.startsWith("arn:")) {
            return settingId;
        }
        return decisions.settingArn(settingId.startsWith("/") ? settingId : "/" + settingId);
    }

    private void checkKnown(String settingId, String arn) {
        if (!arn.equals(decisions.settingArn(ACTIVATION_TIER))) {
            throw unknown(settingId);
        }
    }

    private static SallyportException unknown(String settingId) {
        return new SallyportException(
                NodeError.SETTING_UNKNOWN,
                "There is no setting " + NodeText.clean(settingId) + "; this server has " + ACTIVATION_TIER + ".");
    }
}
