package org.sallyport.adapter.policy.iam.pattern;

/**
 * One {@code ${…}} of a text: a key, a key with a default in single quotes, or an escaped character.
 *
 * @param key the condition key; a text that no request has when the variable is badly written
 * @param otherwise the default, null when there is none
 * @param escaped the character that {@code ${*}}, {@code ${?}} or {@code ${$}} stands for, else null
 * @param end where the text goes on
 */
record Variable(String key, String otherwise, String escaped, int end) {

    /** The variable that opens there; null when it is never closed, so that it is plain text. */
    static Variable at(String text, int open) {
        int close = text.indexOf('}', open);
        if (close < 0) {
            return null;
        }
        int comma = text.indexOf(',', open);
        if (comma >= 0 && comma < close) {
            return withDefault(text, open, comma);
        }
        String key = text.substring(open + 2, close).strip();
        boolean special = key.equals("*") || key.equals("?") || key.equals("$");
        return new Variable(key, null, special ? key : null, close + 1);
    }

    private static Variable withDefault(String text, int open, int comma) {
        String key = text.substring(open + 2, comma).strip();
        int from = comma + 1;
        while (from < text.length() && text.charAt(from) == ' ') {
            from++;
        }
        int quote = from < text.length() && text.charAt(from) == '\'' ? text.indexOf('\'', from + 1) : -1;
        int close = text.indexOf('}', Math.max(quote, from));
        if (quote < 0 || close < 0 || !text.substring(quote + 1, close).isBlank()) {
            // badly written: it has no value, and neither has the text that it stands in
            int end = text.indexOf('}', open);
            return new Variable(text.substring(open + 2, end), null, null, end + 1);
        }
        return new Variable(key, text.substring(from + 1, quote), null, close + 1);
    }
}
