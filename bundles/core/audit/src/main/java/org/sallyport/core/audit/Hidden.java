package org.sallyport.core.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes what was asked and answered fit for the record: values of secrets become {@value #TEXT}, long ones are cut. What is a secret is told by
 * its name, rather once too often: a record cannot be taken back.
 */
final class Hidden {
    /** As AWS writes it for the token of a session. */
    static final String TEXT = "Value hidden due to security reasons.";

    /** Longest text that is kept, in characters. */
    static final int MOST_TEXT = 2_048;

    /** Longest of a name that may come a hundred times; a whole record stays far below the longest line. */
    static final int MOST_NAME = 300;

    private static final int MOST_ITEMS = 100;
    private static final int MOST_DEPTH = 8;

    private static final List<String> PARTS = List.of(
            "password",
            "passphrase",
            "secret",
            "token",
            "privatekey",
            "activationcode",
            "authenticationcode",
            "fingerprint",
            "authorization",
            "cookie",
            "credential",
            "signature");
    private static final Set<String> WHOLE = Set.of("code", "csrf", "otp", "totp", "pin", "seed");
    /** Names of secrets' names, which are no secrets. */
    private static final Set<String> PLAIN = Set.of("nexttoken", "maxtoken", "servicespecificcredentialid");

    private Hidden() {}

    /** With the names of members as CloudTrail has them: they begin with a small letter. */
    static Map<String, Object> members(Map<String, ?> values) {
        Map<String, Object> kept = new LinkedHashMap<>();
        values.forEach((name, value) -> kept.put(small(name), value(name, value, 1)));
        return kept;
    }

    /** A text as it may stand in a record. */
    static String text(String value) {
        if (value.startsWith("otpauth:")) {
            return TEXT;
        }
        return value.length() <= MOST_TEXT ? value : value.substring(0, MOST_TEXT) + "… (cut)";
    }

    /** A name of which a record may hold many. */
    static String name(String value) {
        return value.length() <= MOST_NAME ? value : value.substring(0, MOST_NAME) + "… (cut)";
    }

    private static Object value(String name, Object value, int depth) {
        if (value != null && secret(name)) {
            return TEXT;
        }
        if (value instanceof Map<?, ?> map) {
            return depth >= MOST_DEPTH ? "(too deep)" : map(map, depth);
        }
        if (value instanceof Iterable<?> items) {
            return depth >= MOST_DEPTH ? "(too deep)" : list(items, depth);
        }
        return value == null || value instanceof Number || value instanceof Boolean
                ? value
                : text(value instanceof char[] ? TEXT : value.toString());
    }

    private static Map<String, Object> map(Map<?, ?> map, int depth) {
        // a tag or filter tells in its key what its value is
        boolean secretPair = Stream.of("key", "Key", "name", "Name")
                .anyMatch(n -> map.get(n) instanceof String told && secret(told));
        Map<String, Object> kept = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (kept.size() < MOST_ITEMS) {
                String name = text(String.valueOf(key));
                boolean ofPair = secretPair && name.toLowerCase(Locale.ROOT).startsWith("value");
                kept.put(name, ofPair ? TEXT : value(name, value, depth + 1));
            }
        });
        return kept;
    }

    private static List<Object> list(Iterable<?> items, int depth) {
        List<Object> kept = new ArrayList<>();
        for (Object item : items) {
            if (kept.size() == MOST_ITEMS) {
                kept.add("(more)");
                return kept;
            }
            kept.add(value("", item, depth + 1));
        }
        return kept;
    }

    private static boolean secret(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return !PLAIN.contains(plain)
                && (WHOLE.contains(plain) || PARTS.stream().anyMatch(plain::contains));
    }

    private static String small(String name) {
        return name.isEmpty() ? name : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
