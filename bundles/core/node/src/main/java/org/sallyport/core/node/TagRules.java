package org.sallyport.core.node;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;

/** What tags may be: AWS's limits. Failures say the limit. */
final class TagRules {
    /** Most tags of one thing. */
    static final int MOST = 50;

    private static final int KEY = 128;
    private static final int VALUE = 256;
    private static final String RESERVED = "aws:";

    /** Of one character class alone, so it takes linear time. */
    private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

    private TagRules() {}

    /** @throws SallyportException {@code INVALID_ARGUMENT} */
    static void check(Map<String, String> tags) {
        checkKeys(tags.keySet());
        tags.values().forEach(value -> checkText("value", value, VALUE));
    }

    /** @throws SallyportException {@code INVALID_ARGUMENT} */
    static void checkKeys(Collection<String> keys) {
        for (String key : keys) {
            checkText("key", key, KEY);
            if (key.isEmpty()) {
                throw invalid("A tag key has 1 to " + KEY + " characters.");
            }
            if (key.toLowerCase(Locale.ROOT).startsWith(RESERVED)) {
                throw invalid("Tag keys that begin with " + RESERVED + " are reserved; " + key + " is one.");
            }
        }
    }

    /** @throws SallyportException {@code TOO_MANY_TAGS} */
    static void checkCount(int tags) {
        if (tags > MOST) {
            throw new SallyportException(
                    NodeError.TOO_MANY_TAGS,
                    "At most " + MOST + " tags are taken, here would be " + tags + "; remove some first.");
        }
    }

    private static void checkText(String what, String text, int most) {
        if (text.length() > most) {
            throw invalid("The tag %s has %d characters; %d at most.".formatted(what, text.length(), most));
        }
        if (!ALLOWED.matcher(text).matches() || !NodeText.clean(text).equals(text)) {
            throw invalid("The tag %s has other characters than letters, digits, spaces and _.:/=+-@.".formatted(what));
        }
    }

    private static SallyportException invalid(String message) {
        return new SallyportException(CommonError.INVALID_ARGUMENT, message);
    }
}
