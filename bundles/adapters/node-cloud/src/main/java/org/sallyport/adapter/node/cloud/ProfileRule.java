package org.sallyport.adapter.node.cloud;

import java.util.HashMap;
import java.util.Map;

/**
 * A role for instances whose document says certain things.
 *
 * @param wanted values by members of the document, all to be there
 */
record ProfileRule(Map<String, String> wanted, String role) {

    /** @throws IllegalArgumentException that says what is wrong with the line */
    static ProfileRule parse(String line) {
        int colon = line.lastIndexOf(':');
        if (colon < 1 || colon == line.length() - 1) {
            throw new IllegalArgumentException("instance.profiles: '" + line + "' is not member=value:Role");
        }
        Map<String, String> wanted = new HashMap<>();
        for (String part : line.substring(0, colon).split(",")) {
            int equals = part.indexOf('=');
            String member = equals < 0 ? part : part.substring(0, equals).strip();
            if (equals < 0 || !IdentityDocument.MEMBERS.contains(member)) {
                throw new IllegalArgumentException("instance.profiles: '" + part + "' is no member=value of "
                        + String.join(", ", IdentityDocument.MEMBERS));
            }
            wanted.put(member, part.substring(equals + 1).strip());
        }
        return new ProfileRule(Map.copyOf(wanted), line.substring(colon + 1).strip());
    }

    boolean fits(IdentityDocument document) {
        return wanted.entrySet().stream().allMatch(one -> one.getValue().equals(document.member(one.getKey())));
    }
}
