package org.sallyport.front.console.api;

import java.util.Optional;
import org.sallyport.api.error.SallyportException;

/** Checks of what a body must have; what a value means is checked by the service that takes it. */
final class Inputs {
    private Inputs() {}

    /** @throws SallyportException {@code BODY_INVALID} when there is no body at all */
    static <T> T body(T body) {
        return required(body, "A body");
    }

    static <T> T required(T value, String what) {
        if (value == null) {
            throw new SallyportException(RequestError.BODY_INVALID, what + " is missing; see openapi.json.");
        }
        return value;
    }

    /** Null and empty text are both none. */
    static Optional<String> text(String value) {
        return Optional.ofNullable(value).filter(text -> !text.isEmpty());
    }
}
