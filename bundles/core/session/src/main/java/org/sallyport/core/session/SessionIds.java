package org.sallyport.core.session;

import java.security.SecureRandom;

/** Makes session ids: the owner's name and 17 hexadecimal digits, never the same twice. */
final class SessionIds {
    private static final int DIGITS = 17;
    private static final int MAX_NAME = 96 - 1 - DIGITS;

    private final SecureRandom random = new SecureRandom();

    /** Only letters, digits and hyphens: agents use the id as a path element, an argument and a folder name. */
    String next(String ownerName) {
        String name = cleaned(ownerName);
        StringBuilder id = new StringBuilder(name.substring(0, Math.min(name.length(), MAX_NAME)));
        if (id.isEmpty() || id.charAt(0) == '-') {
            id.insert(0, 's'); // never looks like an option on the node
            id.setLength(Math.min(id.length(), MAX_NAME));
        }
        id.append('-');
        for (int i = 0; i < DIGITS; i++) {
            id.append(Character.forDigit(random.nextInt(16), 16));
        }
        return id.toString();
    }

    /** A name as it stands in ids. */
    static String cleaned(String name) {
        return name.replaceAll("[^A-Za-z0-9-]", "-");
    }
}
