package org.sallyport.core.plugin;

/** Puts failures into one line for people. */
final class Reasons {
    private static final int MAX_CHARS = 600;
    private static final int MAX_CAUSES = 4;

    private Reasons() {}

    /** The messages of a failure and its causes. */
    static String of(Throwable failure) {
        StringBuilder text = new StringBuilder();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            String message = cause.getMessage() == null
                    ? cause.getClass().getSimpleName()
                    : cause.getMessage().replaceAll("\\p{Cntrl}+", " ").strip();
            if (text.indexOf(message) < 0) {
                text.append(text.isEmpty() ? "" : ": ").append(message);
            }
            cause = cause.getCause();
        }
        return text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + "…" : text.toString();
    }
}
