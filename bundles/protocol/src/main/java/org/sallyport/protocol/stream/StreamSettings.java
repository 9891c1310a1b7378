package org.sallyport.protocol.stream;

/**
 * Limits of one stream; sender and receiver of an end may share them.
 *
 * @param outgoingMessages most messages that wait for their acknowledgement
 * @param outgoingBytes most payload bytes that wait for their acknowledgement, exceeded by one message at most
 * @param incomingMessages how far ahead of the next expected message one is kept
 * @param incomingBytes most payload bytes that are kept out of order
 * @param resendLimit resends of one message after which the sender is {@link StreamSender#exhausted}; 0 for no limit
 * @param duplicates what the receiver does with a message that it had already
 */
public record StreamSettings(
        int outgoingMessages,
        long outgoingBytes,
        int incomingMessages,
        long incomingBytes,
        int resendLimit,
        Duplicates duplicates) {
    /** Payload bytes that a sender should put into one message at most. */
    public static final int CHUNK_BYTES = 1024;

    /** How often {@link StreamSender#tick} is worth a call, in milliseconds. */
    public static final long TICK_MILLIS = 100;

    private static final long MEBIBYTE = 1024 * 1024;

    /** What a receiver does with a message that it had already. */
    public enum Duplicates {
        /** Acknowledge again: the first acknowledgement may be lost. */
        ACKNOWLEDGE,
        /** Stay silent, as the session-manager-plugin does. */
        IGNORE
    }

    public StreamSettings {
        if (outgoingMessages < 1 || outgoingBytes < 1 || incomingMessages < 1 || incomingBytes < 1 || resendLimit < 0) {
            throw new IllegalArgumentException("limits must be positive, the resend limit may be 0");
        }
    }

    /** For the node's end: resends for ever. */
    public static StreamSettings forAgent() {
        return new StreamSettings(10_000, 16 * MEBIBYTE, 10_000, 16 * MEBIBYTE, 0, Duplicates.ACKNOWLEDGE);
    }

    /**
     * For the client's end: gives up after 3000 resends, about five minutes. It has no more on its way than a node keeps out of order
     * while its shell does not read; what the node has no place for would come again one message at a time.
     */
    public static StreamSettings forClient() {
        return new StreamSettings(1_000, MEBIBYTE / 2, 10_000, 16 * MEBIBYTE, 3_000, Duplicates.ACKNOWLEDGE);
    }
}
