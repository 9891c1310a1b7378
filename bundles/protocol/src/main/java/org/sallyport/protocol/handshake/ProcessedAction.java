package org.sallyport.protocol.handshake;

/**
 * What the client did about one action.
 *
 * @param result as JSON text, {@code null} for none
 * @param error empty when there is none
 */
public record ProcessedAction(String type, ActionStatus status, String result, String error) {

    static ProcessedAction success(String type) {
        return new ProcessedAction(type, ActionStatus.SUCCESS, "null", "");
    }

    static ProcessedAction refused(String type, ActionStatus status, String error) {
        return new ProcessedAction(type, status, "null", error);
    }
}
