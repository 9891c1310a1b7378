package org.sallyport.front.console;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What a client says in {@code Accept-Encoding}: which content codings it takes (RFC 9110, section 12.5.3). */
final class AcceptedCodings {
    private static final int MOST = 32;

    private final Map<String, Boolean> said = new HashMap<>();

    /** @param header null when the client says nothing */
    AcceptedCodings(String header) {
        if (header == null) {
            return;
        }
        for (String part : header.split(",", MOST)) {
            String[] pieces = part.split(";", 2);
            boolean refused = pieces.length == 2 && pieces[1].strip().matches("[qQ]=0(\\.0{0,3})?");
            said.put(pieces[0].strip().toLowerCase(Locale.ROOT), !refused);
        }
    }

    /** The first of those that the client takes, else the content as it is. */
    String best(Collection<String> codings, Map<String, ?> there) {
        return codings.stream()
                .filter(there::containsKey)
                .filter(coding -> said.getOrDefault(coding, said.getOrDefault("*", false)))
                .findFirst()
                .orElse(Page.IDENTITY);
    }
}
