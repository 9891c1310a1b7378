package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sallyport.api.iam.ManagedPolicies.Scope;
import org.sallyport.api.iam.ManagedPolicies.Usage;
import org.sallyport.api.iam.ManagedPolicies.Wanted;
import org.sallyport.api.iam.ManagedPolicy;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.core.access.EntityTable.Names;
import org.sallyport.core.access.PolicyFinder.Found;

/** Pages of managed policies: those of the server first, then this account's, each by name. */
final class PolicyPages {
    private static final String BUILT_IN = "0";
    private static final String OWN = "1";

    /** Most policies that are looked at for one page; the page then ends early and says how to go on. */
    private static final int MOST_READ = 1_500;

    /** Makes what the caller sees of a policy. */
    @FunctionalInterface
    interface View {
        ManagedPolicy of(Connection connection, Found found) throws SQLException;
    }

    private PolicyPages() {}

    static Page<ManagedPolicy> page(Connection connection, PolicyFinder policies, Wanted wanted, View view)
            throws SQLException {
        PageRequest page = wanted.listed().page();
        String after = Markers.after(page);
        List<ManagedPolicy> found = new ArrayList<>();
        for (Found candidate : candidates(connection, policies, wanted, after)) {
            if (found.size() > page.maxItems()) {
                break;
            }
            ManagedPolicy seen = view.of(connection, candidate);
            if (fits(seen, wanted)) {
                found.add(seen);
            }
        }
        return Markers.page(found, page, PolicyPages::key, policy -> policy);
    }

    private static List<Found> candidates(Connection connection, PolicyFinder policies, Wanted wanted, String after)
            throws SQLException {
        List<Found> all = new ArrayList<>();
        Names names = Names.of(wanted.listed());
        String part = EntityTable.key(names.part());
        if (wanted.scope() != Scope.LOCAL && "/".startsWith(names.pathPrefix())) {
            BuiltInPolicies.all().stream()
                    .map(policies::builtIn)
                    .filter(policy -> (BUILT_IN + EntityTable.key(policy.name())).compareTo(after) > 0)
                    .filter(policy -> EntityTable.key(policy.name()).contains(part))
                    .forEach(all::add);
        }
        if (wanted.scope() != Scope.AWS) {
            String afterOwn = after.startsWith(OWN) ? after.substring(OWN.length()) : "";
            PolicyTable.page(connection, names, afterOwn, MOST_READ).stream()
                    .map(policies::own)
                    .forEach(all::add);
        }
        return all;
    }

    private static boolean fits(ManagedPolicy policy, Wanted wanted) {
        boolean permits = policy.attachments() > 0;
        boolean limits = policy.boundaries() > 0;
        boolean used = wanted.usage()
                .map(usage -> usage == Usage.PERMISSIONS ? permits : limits)
                .orElse(permits || limits);
        return used || (!wanted.onlyAttached() && wanted.usage().isEmpty());
    }

    private static String key(ManagedPolicy policy) {
        return (policy.arn().startsWith("arn:aws:iam::aws:") ? BUILT_IN : OWN) + EntityTable.key(policy.name());
    }
}
