package org.sallyport.adapter.policy.iam.condition;

import java.util.Optional;
import org.sallyport.adapter.policy.iam.pattern.ArnPattern;

/** The comparisons, each with the name of its operator and of the negated one. */
enum Base {
    STRING_EQUALS("StringEquals", "StringNotEquals"),
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"),
    STRING_LIKE("StringLike", "StringNotLike"),
    NUMERIC_EQUALS("NumericEquals", "NumericNotEquals"),
    NUMERIC_LESS_THAN("NumericLessThan", null),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", null),
    NUMERIC_GREATER_THAN("NumericGreaterThan", null),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", null),
    DATE_EQUALS("DateEquals", "DateNotEquals"),
    DATE_LESS_THAN("DateLessThan", null),
    DATE_LESS_THAN_EQUALS("DateLessThanEquals", null),
    DATE_GREATER_THAN("DateGreaterThan", null),
    DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", null),
    BOOL("Bool", null),
    BINARY_EQUALS("BinaryEquals", null),
    IP_ADDRESS("IpAddress", "NotIpAddress"),
    ARN_EQUALS("ArnEquals", "ArnNotEquals"),
    ARN_LIKE("ArnLike", "ArnNotLike"),
    NULL("Null", null);

    private final String written;
    private final String negation;

    Base(String written, String negation) {
        this.written = written;
        this.negation = negation;
    }

    String written() {
        return written;
    }

    /** Null when the operator has no negated form. */
    String negation() {
        return negation;
    }

    /** Compiles a value of a policy; empty when this operator cannot compare with it. */
    Optional<? extends Comparison> compile(String value, boolean variables) {
        return switch (this) {
            case STRING_EQUALS -> Optional.of(TextComparison.of(value, TextComparison.Kind.EXACT, variables));
            case STRING_EQUALS_IGNORE_CASE ->
                Optional.of(TextComparison.of(value, TextComparison.Kind.IGNORING_CASE, variables));
            case STRING_LIKE -> Optional.of(TextComparison.of(value, TextComparison.Kind.LIKE, variables));
            case ARN_EQUALS, ARN_LIKE -> Optional.of(new ArnComparison(new ArnPattern(value, variables)));
            case BOOL -> Optional.of(Truth.of(value, variables));
            case NULL -> Optional.of(Truth.of(value, false));
            case BINARY_EQUALS -> Optional.of(new Bytes(value));
            case IP_ADDRESS -> IpRange.read(value);
            case NUMERIC_EQUALS,
                    NUMERIC_LESS_THAN,
                    NUMERIC_LESS_THAN_EQUALS,
                    NUMERIC_GREATER_THAN,
                    NUMERIC_GREATER_THAN_EQUALS ->
                Decimals.read(value)
                        .map(wanted -> new OrderedComparison<>(wanted, relation("Numeric"), Decimals::read));
            case DATE_EQUALS, DATE_LESS_THAN, DATE_LESS_THAN_EQUALS, DATE_GREATER_THAN, DATE_GREATER_THAN_EQUALS ->
                Dates.read(value).map(wanted -> new OrderedComparison<>(wanted, relation("Date"), Dates::read));
        };
    }

    private Relation relation(String prefix) {
        return switch (written.substring(prefix.length())) {
            case "Equals" -> Relation.EQUALS;
            case "LessThan" -> Relation.LESS_THAN;
            case "LessThanEquals" -> Relation.LESS_THAN_EQUALS;
            case "GreaterThan" -> Relation.GREATER_THAN;
            case "GreaterThanEquals" -> Relation.GREATER_THAN_EQUALS;
            default -> throw new IllegalStateException(written);
        };
    }
}
