package org.sallyport.adapter.policy.iam.condition;

import java.math.BigDecimal;
import java.util.Optional;

/** Reads integers and decimals of at most 64 characters, without exponents. */
final class Decimals {
    private static final int MAX_CHARS = 64;

    private Decimals() {}

    static Optional<BigDecimal> read(String text) {
        return isDecimal(text) ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    private static boolean isDecimal(String text) {
        int digits = 0;
        int points = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.') {
                points++;
            } else if (i > 0 || c != '-' && c != '+') {
                return false;
            }
        }
        return digits > 0 && points <= 1 && text.length() <= MAX_CHARS;
    }
}
