package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps what was collected for the owners that asked last, until anything of IAM changes on any server. The number of the state is read for each
 * decision, so a right that was taken away is gone with the next one. Any thread.
 */
final class EntitlementCache {
    private static final int MOST = 4_096;
    private final EntitlementLoader loader;
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    private record Kept(long version, Entitlements entitlements) {}

    EntitlementCache(EntitlementLoader loader) {
        this.loader = loader;
    }

    /** Joins the transaction of its connection. */
    Entitlements of(Connection connection, String ownerId) throws SQLException {
        // the number first: what is loaded after it is that state or a newer one, never an older one
        long version = Versions.now(connection);
        synchronized (kept) {
            Kept found = kept.get(ownerId);
            if (found != null && found.version() == version) {
                return found.entitlements();
            }
        }
        Entitlements loaded = loader.load(connection, ownerId);
        synchronized (kept) {
            kept.put(ownerId, new Kept(version, loaded));
            if (kept.size() > MOST) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        return loaded;
    }
}
