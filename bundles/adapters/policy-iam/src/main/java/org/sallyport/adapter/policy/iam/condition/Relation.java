package org.sallyport.adapter.policy.iam.condition;

/** How a request's number or date stands to the policy's. */
enum Relation {
    EQUALS,
    LESS_THAN,
    LESS_THAN_EQUALS,
    GREATER_THAN,
    GREATER_THAN_EQUALS;

    /**
     * @param sign what {@link Comparable#compareTo} says of the request's value and the policy's
     */
    boolean holds(int sign) {
        return switch (this) {
            case EQUALS -> sign == 0;
            case LESS_THAN -> sign < 0;
            case LESS_THAN_EQUALS -> sign <= 0;
            case GREATER_THAN -> sign > 0;
            case GREATER_THAN_EQUALS -> sign >= 0;
        };
    }
}
