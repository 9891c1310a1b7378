package org.sallyport.adapter.policy.iam.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The condition keys of one request. Names are compared without case; a key without values is absent, and names that differ in case only are
 * one key with the values of all.
 *
 * <p>A request has some twenty keys, so a look-up walks them: that costs less than folding all their names first.
 */
public final class Context {
    private final String[] names;
    private final List<List<String>> values;

    public Context(Map<String, List<String>> keys) {
        names = new String[keys.size()];
        values = new ArrayList<>(keys.size());
        keys.forEach((name, list) -> {
            names[values.size()] = name;
            values.add(list);
        });
    }

    /** The key's values; empty when it is absent. */
    public List<String> values(String key) {
        List<String> found = List.of();
        for (int i = 0; i < names.length; i++) {
            if (names[i].length() == key.length() && names[i].equalsIgnoreCase(key)) {
                found = found.isEmpty() ? values.get(i) : join(found, values.get(i));
            }
        }
        return found;
    }

    public boolean has(String key) {
        return !values(key).isEmpty();
    }

    private static List<String> join(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
