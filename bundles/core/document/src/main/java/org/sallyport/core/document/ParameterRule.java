package org.sallyport.core.document;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;
import org.sallyport.api.document.DocumentError;
import org.sallyport.api.error.SallyportException;

/**
 * What a document says of one parameter of type String.
 *
 * @param pattern must match the whole value; linear in time, whatever the pattern
 * @param allowedValues empty when any value will do
 */
record ParameterRule(
        String name, Optional<String> defaultValue, Optional<Pattern> pattern, List<String> allowedValues) {
    private static final int MOST_SHOWN = 200;

    ParameterRule {
        allowedValues = List.copyOf(allowedValues);
    }

    /**
     * The one value of a list as the caller sent it.
     *
     * @throws SallyportException {@code PARAMETERS_INVALID}
     */
    String single(List<String> values) {
        if (values.size() != 1) {
            throw invalid("Parameter \"%s\" takes exactly one value, %d were given.".formatted(name, values.size()));
        }
        check(values.get(0));
        return values.get(0);
    }

    /**
     * The value for a session that gives none.
     *
     * @throws SallyportException {@code PARAMETERS_INVALID} when there is no default
     */
    String absent() {
        return defaultValue.orElseThrow(
                () -> invalid("Parameter \"%s\" has no default; give a value for it.".formatted(name)));
    }

    void check(String value) {
        if (pattern.isPresent() && !pattern.get().matcher(value).matches()) {
            throw invalid("Parameter \"%s\" has value \"%s\" not matching \"%s\"."
                    .formatted(name, shown(value), pattern.get().pattern()));
        }
        if (!allowedValues.isEmpty() && !allowedValues.contains(value)) {
            throw invalid("Parameter \"%s\" has value \"%s\", which is not among the allowed values %s."
                    .formatted(name, shown(value), allowedValues));
        }
    }

    private static String shown(String value) {
        return value.length() <= MOST_SHOWN ? value : value.substring(0, MOST_SHOWN) + "…";
    }

    private static SallyportException invalid(String message) {
        return new SallyportException(DocumentError.PARAMETERS_INVALID, message);
    }
}
