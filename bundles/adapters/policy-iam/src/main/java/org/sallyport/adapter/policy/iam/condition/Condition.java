package org.sallyport.adapter.policy.iam.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sallyport.adapter.policy.iam.request.Context;

/**
 * One key under one operator of a statement's Condition. A condition holds when one of its values does; a negated one when none does.
 *
 * @see "IAM user guide, Conditions with multiple context keys or values"
 */
public final class Condition {
    private final String written;
    private final Operator operator;
    private final String key;
    private final List<String> values;
    private final List<Comparison> comparisons;

    private Condition(
            String written, Operator operator, String key, List<String> values, List<Comparison> comparisons) {
        this.written = written;
        this.operator = operator;
        this.key = key;
        this.values = List.copyOf(values);
        this.comparisons = List.copyOf(comparisons);
    }

    /** Whether there is an operator of that name. */
    public static boolean isOperator(String name) {
        return Operator.named(name).isPresent();
    }

    /**
     * @param operator name of an operator that exists
     * @return empty when a value cannot be compared by the operator: no date, no number, no address
     */
    public static Optional<Condition> compile(String operator, String key, List<String> values, boolean variables) {
        Operator named = Operator.named(operator).orElseThrow(() -> new IllegalArgumentException(operator));
        List<Comparison> comparisons = new ArrayList<>();
        for (String value : values) {
            Optional<? extends Comparison> comparison = named.base().compile(value, variables);
            if (comparison.isEmpty()) {
                return Optional.empty();
            }
            comparisons.add(comparison.get());
        }
        return Optional.of(new Condition(operator, named, key, values, comparisons));
    }

    /** The operator's name as written. */
    public String operator() {
        return written;
    }

    /** The key as written. */
    public String key() {
        return key;
    }

    /** The values as written. */
    public List<String> values() {
        return values;
    }

    /** The condition keys that it asks for: its own and those of its variables. */
    public Set<String> keys() {
        Set<String> keys = variables();
        keys.add(key);
        return keys;
    }

    /** The condition keys of its variables. */
    public Set<String> variables() {
        Set<String> keys = new TreeSet<>();
        comparisons.forEach(comparison -> keys.addAll(comparison.keys()));
        return keys;
    }

    public boolean holds(Context context) {
        List<String> found = context.values(key);
        if (operator.base() == Base.NULL) {
            return matches(found.isEmpty() ? "true" : "false", context);
        }
        if (found.isEmpty() || operator.quantifier() != Operator.Quantifier.NONE && isNullSet(found)) {
            return found.isEmpty() ? absent() : operator.quantifier() == Operator.Quantifier.ALL;
        }
        return switch (operator.quantifier()) {
            case NONE -> any(found, context) != operator.negated();
            case ANY -> anyPasses(found, context);
            case ALL -> allPass(found, context);
        };
    }

    private boolean absent() {
        if (operator.ifExists()) {
            return true;
        }
        return switch (operator.quantifier()) {
            case NONE -> operator.negated();
            case ANY -> false;
            case ALL -> true;
        };
    }

    /** Texts without characters only: a set operator takes them for no values at all. */
    private static boolean isNullSet(List<String> found) {
        for (String value : found) {
            if (!value.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private boolean any(List<String> found, Context context) {
        for (String value : found) {
            if (matches(value, context)) {
                return true;
            }
        }
        return false;
    }

    private boolean anyPasses(List<String> found, Context context) {
        for (String value : found) {
            if (matches(value, context) != operator.negated()) {
                return true;
            }
        }
        return false;
    }

    private boolean allPass(List<String> found, Context context) {
        for (String value : found) {
            if (matches(value, context) == operator.negated()) {
                return false;
            }
        }
        return true;
    }

    private boolean matches(String value, Context context) {
        for (Comparison comparison : comparisons) {
            if (comparison.matches(value, context)) {
                return true;
            }
        }
        return false;
    }
}
