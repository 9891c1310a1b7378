package org.sallyport.front.aws.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A data type of a service model. Shapes name each other, because they may be recursive. */
public sealed interface Shape {
    /** Least and greatest length, number of items or value, both inclusive. */
    record Bounds(OptionalLong min, OptionalLong max) {}

    /** @param members names of shapes by names of members, in the model's order */
    record Structure(Map<String, String> members, List<String> required) implements Shape {}

    record Sequence(String member, Bounds bounds) implements Shape {}

    record Mapping(String key, String value, Bounds bounds) implements Shape {}

    /**
     * @param allowed the values of an enumeration; empty for any
     * @param sensitive the value is shown in no message
     */
    record Text(Bounds length, Optional<LinearPattern> pattern, List<String> allowed, boolean sensitive)
            implements Shape {}

    /** @param bits 32 or 64 */
    record Whole(Bounds bounds, int bits) implements Shape {}

    record Decimal(Bounds bounds) implements Shape {}

    record Flag() implements Shape {}

    /** Seconds since 1970, fractions allowed. */
    record Time() implements Shape {}

    /** Base64. */
    record Blob(Bounds length) implements Shape {}
}
