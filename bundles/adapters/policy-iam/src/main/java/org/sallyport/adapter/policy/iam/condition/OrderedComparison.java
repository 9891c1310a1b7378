package org.sallyport.adapter.policy.iam.condition;

import java.util.Optional;
import java.util.function.Function;
import org.sallyport.adapter.policy.iam.request.Context;

/** The numeric and date operators; a request's value that cannot be read matches nothing. */
record OrderedComparison<T extends Comparable<? super T>>(
        T wanted, Relation relation, Function<String, Optional<T>> reader) implements Comparison {

    @Override
    public boolean matches(String value, Context context) {
        return reader.apply(value)
                .filter(found -> relation.holds(found.compareTo(wanted)))
                .isPresent();
    }
}
