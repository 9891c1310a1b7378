package org.sallyport.adapter.policy.iam.document;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sallyport.adapter.policy.iam.condition.Condition;
import org.sallyport.adapter.policy.iam.request.Context;

/**
 * One compiled statement. Immutable.
 *
 * @param sid empty text when it has none
 * @param allow Effect is Allow, else Deny
 * @param resources empty in trust policies, which are about the role that has them
 */
public record Statement(
        String sid,
        boolean allow,
        Optional<PrincipalElement> principals,
        ActionPatterns actions,
        Optional<ResourcePatterns> resources,
        List<Condition> conditions,
        Span span) {

    public boolean matchesResource(String resource, Context context) {
        return resources.isEmpty() || resources.get().match(resource, context);
    }

    public boolean conditionsHold(Context context) {
        for (Condition condition : conditions) {
            if (!condition.holds(context)) {
                return false;
            }
        }
        return true;
    }

    /** The condition keys that it asks for, those of its variables included; as written. */
    public Set<String> keys() {
        Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        conditions.forEach(condition -> keys.addAll(condition.keys()));
        resources.ifPresent(element -> keys.addAll(element.keys()));
        return keys;
    }
}
