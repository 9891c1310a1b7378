package org.sallyport.protocol.websocket;

/** Close codes in use here (RFC 6455, section 7.4.1). */
public final class CloseCode {
    public static final int NORMAL = 1000;
    public static final int GOING_AWAY = 1001;
    public static final int PROTOCOL_ERROR = 1002;

    /** Stands for a close frame without a code; never sent. */
    public static final int NONE = 1005;

    public static final int BAD_TEXT = 1007;
    public static final int POLICY = 1008;
    public static final int TOO_BIG = 1009;

    private CloseCode() {}

    /** Whether a close frame may carry this code. */
    static boolean maySend(int code) {
        boolean reserved = code == 1004 || code == NONE || code == 1006;
        return code >= NORMAL && code <= 1014 && !reserved || code >= 3000 && code <= 4999;
    }
}
