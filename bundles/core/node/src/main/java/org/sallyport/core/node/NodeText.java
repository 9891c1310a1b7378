package org.sallyport.core.node;

/** Makes text from a node fit to be kept and shown. */
final class NodeText {
    /** Longest text kept, in UTF-16 units. */
    static final int MAX = 256;

    private NodeText() {}

    /** Without control and formatting characters, line and paragraph separators and lone surrogates, cut to {@value #MAX}; empty for none. */
    static String clean(String hostile) {
        return clean(hostile, MAX);
    }

    static String clean(String hostile, int most) {
        if (hostile == null) {
            return "";
        }
        StringBuilder kept = new StringBuilder(Math.min(hostile.length(), most));
        int at = 0;
        while (at < hostile.length()) {
            int character = hostile.codePointAt(at);
            int units = Character.charCount(character);
            if (kept.length() + units > most) {
                break;
            }
            if (harmless(character)) {
                kept.appendCodePoint(character);
            }
            at += units;
        }
        return kept.toString();
    }

    private static boolean harmless(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
