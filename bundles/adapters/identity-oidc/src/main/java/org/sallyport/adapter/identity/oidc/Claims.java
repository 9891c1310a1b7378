package org.sallyport.adapter.identity.oidc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads claims of a token that was verified; what is of another form than it should be is as if it were not there. */
record Claims(Map<String, Object> all) {
    /** AWS's claim for session tags. */
    private static final String TAGS = "https://aws.amazon.com/tags";

    private static final int DEPTH = 8;
    private static final int MOST_VALUES = 100;
    private static final int LONGEST = 512;
    private static final int MOST_TAGS = 50;

    /** The values of those that are there, by their names. */
    Map<String, List<String>> chosen(List<String> names) {
        Map<String, List<String>> chosen = new HashMap<>();
        for (String name : names) {
            List<String> values = values(at(name));
            if (!values.isEmpty()) {
                chosen.put(name, values);
            }
        }
        return chosen;
    }

    /**
     * Session tags, each with one value. Empty when the claim asks for what cannot be given: several values, too many tags, or tags that go on when
     * another role is assumed.
     */
    Optional<Map<String, String>> tags() {
        Object claim = all.get(TAGS);
        if (claim == null) {
            return Optional.of(Map.of());
        }
        if (!(claim instanceof Map<?, ?> members)
                || !(members.get("principal_tags") instanceof Map<?, ?> wanted)
                || wanted.size() > MOST_TAGS
                || !values(members.get("transitive_tag_keys")).isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> tags = new HashMap<>();
        for (Map.Entry<?, ?> tag : wanted.entrySet()) {
            List<String> values = values(tag.getValue());
            if (values.size() != 1) {
                return Optional.empty();
            }
            tags.put(tag.getKey().toString(), values.get(0));
        }
        return Optional.of(tags);
    }

    /** By its whole name, else by its path. */
    private Object at(String name) {
        if (all.containsKey(name)) {
            return all.get(name);
        }
        Object at = all;
        for (String part : name.split(":", DEPTH)) {
            at = at instanceof Map<?, ?> map ? map.get(part) : null;
        }
        return at;
    }

    private static List<String> values(Object claim) {
        List<Object> found = new ArrayList<>();
        if (claim instanceof Collection<?> many) {
            found.addAll(many);
        } else {
            found.add(claim);
        }
        return found.stream()
                .filter(one -> one instanceof String || one instanceof Number || one instanceof Boolean)
                .map(Object::toString)
                .filter(text -> text.length() <= LONGEST)
                .limit(MOST_VALUES)
                .toList();
    }
}
