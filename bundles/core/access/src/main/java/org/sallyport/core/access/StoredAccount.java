package org.sallyport.core.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.access.Principal;
import org.sallyport.api.iam.Account;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.iam.User;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.core.access.EntityTable.Entity;
import org.sallyport.core.access.IamCore.Target;

/** The account in the store. */
@Component(service = Account.class)
public final class StoredAccount implements Account {
    private final IamCore core;
    private final DecisionPoint decisions;
    private final StoredUsers users;
    private final AccountDetails details;

    @Activate
    public StoredAccount(@Reference IamCore core, @Reference DecisionPoint decisions) {
        this.core = core;
        this.decisions = decisions;
        this.users = new StoredUsers(core);
        this.details = new AccountDetails(core);
    }

    @Override
    public Map<String, Integer> summary(Principal caller) {
        core.require(caller, "iam:GetAccountSummary");
        return core.read(AccountSummary::read);
    }

    @Override
    public Page<Detail> details(Principal caller, Set<Part> parts, PageRequest page) {
        core.require(caller, "iam:GetAccountAuthorizationDetails");
        return core.read(connection -> details.page(connection, parts, page));
    }

    @Override
    public List<Device> devices(Principal caller, Optional<String> userName) {
        Target target = user(caller, "iam:ListMFADevices", userName);
        return core.read(connection -> {
            Entity row = core.entity(connection, target);
            return SecondFactorTable.on(connection, row.id())
                    ? List.of(device(users.whole(connection, row)))
                    : List.of();
        });
    }

    @Override
    public Page<Device> allDevices(Principal caller, PageRequest page) {
        core.require(caller, "iam:ListVirtualMFADevices");
        return core.read(connection -> {
            List<Device> devices = new ArrayList<>();
            for (Entity row : SecondFactorTable.users(connection, Markers.after(page), Markers.rows(page))) {
                devices.add(device(users.whole(connection, row)));
            }
            return Markers.page(
                    devices, page, device -> EntityTable.key(device.user().name()), device -> device);
        });
    }

    @Override
    public void deleteDevice(Principal caller, String serialNumber) {
        decisions.require(new AccessRequest(caller, "iam:DeleteVirtualMFADevice", serialNumber));
        String prefix = serialNumber("");
        boolean on = serialNumber.startsWith(prefix)
                && core.read(connection -> {
                    Optional<Entity> row =
                            EntityTable.find(connection, EntityKind.USER, serialNumber.substring(prefix.length()));
                    return row.isPresent()
                            && SecondFactorTable.on(connection, row.get().id());
                });
        throw on
                ? IamErrors.mustFirst("deactivate MFA device")
                : IamErrors.of(
                        IamError.NO_SUCH_ENTITY,
                        "VirtualMFADevice with serial number %s does not exist.".formatted(serialNumber));
    }

    @Override
    public String ofKey(Principal caller, String accessKeyId) {
        core.require(caller, "sts:GetAccessKeyInfo");
        boolean known =
                core.read(connection -> KeyTables.key(connection, accessKeyId).isPresent()
                        || KeyTables.temporary(connection, accessKeyId).isPresent()
                        || CredentialTable.find(connection, accessKeyId).isPresent()
                        || TemporaryLoginTable.find(connection, accessKeyId).isPresent());
        if (!known) {
            throw IamErrors.invalid("The access key %s is not one of this server.".formatted(accessKeyId));
        }
        return core.names().accountId();
    }

    @Override
    public void requireUser(Principal caller, String action, Optional<String> userName) {
        Target target = user(caller, action, userName);
        core.read(connection -> core.entity(connection, target));
    }

    private Target user(Principal caller, String action, Optional<String> userName) {
        return core.require(caller, action, EntityKind.USER, userName.orElseGet(() -> core.ownName(caller)));
    }

    private Device device(User user) {
        return new Device(user, serialNumber(user.name()));
    }

    private String serialNumber(String userName) {
        return "arn:aws:iam::" + core.names().accountId() + ":mfa/" + userName;
    }
}
