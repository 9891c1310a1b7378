package org.sallyport.adapter.policy.iam;

import java.util.List;

/**
 * The Action, NotAction, Resource or NotResource element of a statement.
 *
 * @param unsure whether one of the patterns holds a policy variable, which is not evaluated here
 */
record Elements(List<Wildcard> patterns, boolean negated, boolean unsure) {

    Elements {
        patterns = List.copyOf(patterns);
    }

    Match match(String value) {
        if (unsure) {
            return Match.UNSURE;
        }
        boolean found = patterns.stream().anyMatch(pattern -> pattern.matches(value));
        return found == negated ? Match.NO : Match.YES;
    }
}
