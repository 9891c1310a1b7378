package org.sallyport.protocol.handshake;

import java.util.regex.Pattern;

/** Versions of four numbers with dots, by which the ends decide what the other supports (data-channel specification, section 5.5). */
public final class DottedVersion {
    private static final Pattern FOUR_NUMBERS = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9}){3}");

    private DottedVersion() {}

    /** Whether a version is newer than another; a text that is not four numbers is newer than nothing. */
    public static boolean isNewer(String version, String than) {
        return compare(version, than) > 0;
    }

    /** Whether a version is the same as another or newer; never for a text that is not four numbers. */
    public static boolean isAtLeast(String version, String least) {
        return compare(version, least) >= 0;
    }

    private static int compare(String version, String other) {
        if (!FOUR_NUMBERS.matcher(other).matches()) {
            throw new IllegalArgumentException("not a version of four numbers: " + other);
        }
        if (!FOUR_NUMBERS.matcher(version).matches()) {
            return -1;
        }
        String[] left = version.split("\\.");
        String[] right = other.split("\\.");
        for (int i = 0; i < left.length; i++) {
            int order = Integer.compare(Integer.parseInt(left[i]), Integer.parseInt(right[i]));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
