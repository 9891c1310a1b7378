package org.sallyport.spi.access;

import java.util.List;

/**
 * How one condition of a statement came out.
 *
 * @param operator as written, for instance {@code StringEqualsIfExists}
 * @param key as written in the policy
 * @param wanted the values in the policy, variables not replaced
 * @param found the values in the request; empty when it has no such key
 * @param holds whether the condition is true
 */
public record ConditionTrace(String operator, String key, List<String> wanted, List<String> found, boolean holds) {

    public ConditionTrace {
        wanted = List.copyOf(wanted);
        found = List.copyOf(found);
    }
}
