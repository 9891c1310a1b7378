package org.sallyport.core.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.AccessKeys.AccessKey;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.iam.UserKey;
import org.sallyport.api.iam.UserKeys;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.core.access.AccessTables.User;
import org.sallyport.core.access.EntityTable.Entity;
import org.sallyport.core.access.IamCore.Target;
import org.sallyport.kernel.store.Secrets;

/** Access keys in the store, their secrets enveloped. */
@Component(service = UserKeys.class)
public final class StoredUserKeys implements UserKeys {

    static final int MOST = 2;
    private final IamCore core;
    private final KeyEnvelopes envelopes;

    @Activate
    public StoredUserKeys(@Reference IamCore core, @Reference Secrets secrets) {
        this.core = core;
        this.envelopes = new KeyEnvelopes(secrets);
    }

    @Override
    public Made create(Principal caller, Optional<String> userName) {
        Target target = require(caller, "iam:CreateAccessKey", userName);
        AccessKey key = new AccessKey(UniqueIds.accessKey(), UniqueIds.secret());
        return core.change(connection -> {
            Entity user = core.entity(connection, target);
            if (KeyTables.keysOf(connection, user.id()) >= MOST) {
                throw IamErrors.quota("AccessKeysPerUser", MOST);
            }
            Instant now = core.now();
            User owner = new User(user.id(), user.name(), user.path());
            KeyTables.insert(connection, envelopes.seal(key, owner), now);
            return new Made(new UserKey(user.name(), key.accessKeyId(), true, now), key.secretAccessKey());
        });
    }

    @Override
    public void update(Principal caller, Optional<String> userName, String accessKeyId, boolean active) {
        Target target = require(caller, "iam:UpdateAccessKey", userName);
        core.change(connection -> {
            String user = core.entity(connection, target).id();
            return found(KeyTables.setActive(connection, user, accessKeyId, active), accessKeyId);
        });
    }

    @Override
    public void delete(Principal caller, Optional<String> userName, String accessKeyId) {
        Target target = require(caller, "iam:DeleteAccessKey", userName);
        core.change(connection -> {
            String user = core.entity(connection, target).id();
            return found(KeyTables.delete(connection, user, accessKeyId), accessKeyId);
        });
    }

    @Override
    public Page<UserKey> list(Principal caller, Optional<String> userName, PageRequest page) {
        Target target = require(caller, "iam:ListAccessKeys", userName);
        List<UserKey> keys = core.read(connection ->
                KeyTables.ofUser(connection, core.entity(connection, target), Markers.after(page), Markers.rows(page)));
        return Markers.page(keys, page, UserKey::accessKeyId, key -> key);
    }

    @Override
    public Use lastUsed(Principal caller, String accessKeyId) {
        core.require(caller, "iam:GetAccessKeyLastUsed");
        return core.read(connection -> KeyTables.use(connection, accessKeyId)).orElseThrow(() -> absent(accessKeyId));
    }

    private Target require(Principal caller, String action, Optional<String> userName) {
        return core.require(caller, action, EntityKind.USER, userName.orElseGet(() -> core.ownName(caller)));
    }

    private static int found(int rows, String accessKeyId) {
        if (rows == 0) {
            throw absent(accessKeyId);
        }
        return rows;
    }

    private static SallyportException absent(String accessKeyId) {
        return IamErrors.of(
                IamError.NO_SUCH_ENTITY, "The Access Key with id %s cannot be found.".formatted(accessKeyId));
    }
}
