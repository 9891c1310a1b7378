package org.sallyport.cli.terminal;

/** Makes text from elsewhere harmless for a terminal: what a node says of itself could hold escape sequences. */
public final class PlainText {
    private PlainText() {}

    /** The text with each control character replaced by a question mark. */
    public static String of(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> plain.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return plain.toString();
    }

    /** The same for text of several lines: line feeds stay. */
    public static String lines(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> plain.appendCodePoint(Character.isISOControl(c) && c != '\n' ? '?' : c));
        return plain.toString();
    }
}
