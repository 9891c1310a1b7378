package org.sallyport.core.node;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Ids of nodes: {@code mi-} and 17 hexadecimal digits of hybrid ones, {@code i-} and 8 or 17 of cloud instances. */
final class NodeIds {
    private static final Pattern ID = Pattern.compile("mi-[0-9a-f]{17}|i-[0-9a-f]{8}(?:[0-9a-f]{9})?");
    private static final int DIGITS = 17;

    private static final SecureRandom RANDOM = new SecureRandom();

    private NodeIds() {}

    /** A new random id of a hybrid node. */
    static String next() {
        byte[] bytes = new byte[DIGITS / 2 + 1];
        RANDOM.nextBytes(bytes);
        return "mi-" + HexFormat.of().formatHex(bytes).substring(0, DIGITS);
    }

    /** Whether it may be an id of this server; anything else is looked up nowhere. */
    static boolean valid(String id) {
        return id != null && ID.matcher(id).matches();
    }

    /** Whether a tier gates and counts it. */
    static boolean hybrid(String id) {
        return id.startsWith("mi-");
    }
}
