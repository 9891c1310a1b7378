package org.sallyport.api.audit;

import java.util.Objects;

/**
 * Why something was not done.
 *
 * @param code as on the wire, for instance {@code AccessDenied}
 * @param message as told
 */
public record Failure(String code, String message) {
    public Failure {
        Objects.requireNonNull(code);
        message = message == null ? "" : message;
    }
}
