package org.sallyport.protocol.handshake;

/** Names of the actions that a node asks of a client. */
public final class ActionType {
    public static final String SESSION_TYPE = "SessionType";
    public static final String KMS_ENCRYPTION = "KMSEncryption";

    private ActionType() {}
}
