package org.sallyport.cli.terminal;

/** Makes text from elsewhere harmless for a terminal: what a node says of itself could hold escape sequences. */
public final class PlainText {
    private PlainText() {}

    /** The text with each control or formatting character replaced by a question mark; the latter can turn the order of a line around. */
    public static String of(String text) {
        return plain(text, false);
    }

    /** The same for text of several lines: line feeds stay. */
    public static String lines(String text) {
        return plain(text, true);
    }

    private static String plain(String text, boolean lines) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> plain.appendCodePoint(c == '\n' && lines || harmless(c) ? c : '?'));
        return plain.toString();
    }

    private static boolean harmless(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
