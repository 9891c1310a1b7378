package org.sallyport.adapter.policy.iam.condition;

import java.util.Optional;

/**
 * A condition operator as written: its comparison, whether it is negated, its set operator and {@code IfExists}.
 *
 * @see "IAM user guide, IAM JSON policy elements: Condition operators"
 */
record Operator(Base base, boolean negated, Quantifier quantifier, boolean ifExists) {
    private static final String IF_EXISTS = "IfExists";

    /** What the values of a key in the request must do. */
    enum Quantifier {
        /** No set operator: one value matches one of the policy's, or for a negated operator none does. */
        NONE(""),
        ANY("ForAnyValue:"),
        ALL("ForAllValues:");

        private final String prefix;

        Quantifier(String prefix) {
            this.prefix = prefix;
        }
    }

    /** Reads an operator's name; empty when there is none of that name. Names are compared with case. */
    static Optional<Operator> named(String text) {
        Quantifier quantifier = Quantifier.NONE;
        for (Quantifier each : new Quantifier[] {Quantifier.ANY, Quantifier.ALL}) {
            if (text.startsWith(each.prefix)) {
                quantifier = each;
            }
        }
        String name = text.substring(quantifier.prefix.length());
        boolean ifExists = name.endsWith(IF_EXISTS);
        String plain = ifExists ? name.substring(0, name.length() - IF_EXISTS.length()) : name;
        for (Base base : Base.values()) {
            boolean negated = plain.equals(base.negation());
            if (negated || plain.equals(base.written())) {
                return base == Base.NULL && ifExists
                        ? Optional.empty()
                        : Optional.of(new Operator(base, negated, quantifier, ifExists));
            }
        }
        return Optional.empty();
    }
}
