package org.sallyport.adapter.node.oidc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who comes in, and as what.
 *
 * @param wanted values by claims, all to be there; a value that ends with an asterisk is a beginning
 * @param name template; empty for none
 * @param tags templates by keys
 */
record ClaimRule(
        Map<String, String> wanted, String role, Optional<String> name, Map<String, String> tags, boolean approval) {
    private static final Pattern CLAIM = Pattern.compile("\\{([^{}]{1,128})}");
    private static final int TEXT = 256;

    /** @throws IllegalArgumentException that says what is wrong with the line */
    static ClaimRule parse(String line) {
        int arrow = line.indexOf("->");
        if (arrow < 0) {
            throw wrong(line, "has no ->");
        }
        Map<String, String> wanted = new TreeMap<>();
        for (String part : line.substring(0, arrow).split(",")) {
            int equals = part.indexOf('=');
            if (equals < 1 || part.substring(equals + 1).isBlank()) {
                throw wrong(line, "needs claim=value before ->");
            }
            wanted.put(
                    part.substring(0, equals).strip(),
                    part.substring(equals + 1).strip());
        }
        Map<String, String> given = new HashMap<>();
        for (String part : line.substring(arrow + 2).split(";")) {
            int equals = part.indexOf('=');
            given.put(
                    (equals < 0 ? part : part.substring(0, equals)).strip(),
                    equals < 0 ? "" : part.substring(equals + 1).strip());
        }
        String role = Optional.ofNullable(given.remove("role")).orElse("");
        Optional<String> name = Optional.ofNullable(given.remove("name"));
        boolean approval = given.remove("approval") != null;
        Map<String, String> tags = new TreeMap<>();
        given.forEach((key, value) -> {
            if (!key.startsWith("tag.") || key.length() == 4) {
                throw wrong(line, "has '" + key + "', which is none of role, name, approval and tag.KEY");
            }
            tags.put(key.substring(4), value);
        });
        if (role.isEmpty()) {
            throw wrong(line, "names no role");
        }
        return new ClaimRule(Map.copyOf(wanted), role, name, Map.copyOf(tags), approval);
    }

    boolean fits(Map<String, Object> claims) {
        return wanted.entrySet().stream().allMatch(one -> values(claims, one.getKey()).stream()
                .anyMatch(value -> matches(one.getValue(), value)));
    }

    /** A template with the values of claims in their places; claims that are not there leave nothing. */
    static String filled(String template, Map<String, Object> claims) {
        Matcher places = CLAIM.matcher(template);
        StringBuilder filled = new StringBuilder();
        while (places.find()) {
            List<String> values = values(claims, places.group(1));
            places.appendReplacement(filled, Matcher.quoteReplacement(values.isEmpty() ? "" : values.get(0)));
        }
        places.appendTail(filled);
        // what tags may hold
        String plain = filled.toString().replaceAll("[^\\p{L}\\p{N} _.:/=+@-]", "_");
        return plain.length() > TEXT ? plain.substring(0, TEXT) : plain;
    }

    private static boolean matches(String pattern, String value) {
        return pattern.endsWith("*")
                ? value.startsWith(pattern.substring(0, pattern.length() - 1))
                : value.equals(pattern);
    }

    /** A claim's text, or the texts of its list; none for anything else. */
    private static List<String> values(Map<String, Object> claims, String path) {
        Object at = claims;
        for (String name : path.split(":", 8)) {
            at = at instanceof Map<?, ?> map ? map.get(name) : null;
        }
        List<Object> all = new ArrayList<>();
        if (at instanceof Collection<?> many) {
            all.addAll(many);
        } else {
            all.add(at);
        }
        return all.stream()
                .filter(one -> one instanceof String || one instanceof Number || one instanceof Boolean)
                .map(Object::toString)
                .toList();
    }

    private static IllegalArgumentException wrong(String line, String why) {
        return new IllegalArgumentException("rules: '" + line + "' " + why);
    }
}
