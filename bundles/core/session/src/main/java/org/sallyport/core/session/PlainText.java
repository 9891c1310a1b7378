package org.sallyport.core.session;

/** Makes hostile text safe to store and to show in a terminal. */
final class PlainText {
    private PlainText() {}

    /** Control characters but line ends become a replacement character; the rest is cut after {@code max} characters. */
    static String of(String hostile, int max) {
        StringBuilder out = new StringBuilder(Math.min(hostile.length(), max));
        hostile.codePoints().limit(max).forEach(c -> {
            boolean shown = c == '\n' || !(Character.isISOControl(c) || isInvisible(c));
            if (out.length() + Character.charCount(c) <= max) {
                out.appendCodePoint(shown ? c : 0xfffd);
            }
        });
        return out.toString().strip();
    }

    /** Lone surrogates, and format characters that change the direction of what follows. */
    private static boolean isInvisible(int c) {
        int type = Character.getType(c);
        return type == Character.SURROGATE || type == Character.FORMAT;
    }
}
