package org.sallyport.core.status;

/** Text of others on a terminal: one line, no control characters, bounded. */
final class Plain {
    private Plain() {}

    static String line(String text, int most) {
        String plain = text.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
        return plain.length() > most ? plain.substring(0, most) + "…" : plain;
    }
}
