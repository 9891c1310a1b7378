package org.sallyport.adapter.policy.iam.condition;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.sallyport.adapter.policy.iam.request.Context;

/** The operator BinaryEquals: the bytes behind two texts in base 64. */
record Bytes(String wanted) implements Comparison {

    @Override
    public boolean matches(String value, Context context) {
        Optional<byte[]> found = decode(value);
        return found.isPresent()
                && decode(wanted)
                        .filter(bytes -> Arrays.equals(bytes, found.get()))
                        .isPresent();
    }

    private static Optional<byte[]> decode(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
