package org.sallyport.protocol.message;

/** Numbers of payload types (data-channel specification, section 4). */
public final class PayloadType {
    public static final int NONE = 0;
    public static final int OUTPUT = 1;
    public static final int ERROR = 2;
    public static final int SIZE = 3;
    public static final int PARAMETER = 4;
    public static final int HANDSHAKE_REQUEST = 5;
    public static final int HANDSHAKE_RESPONSE = 6;
    public static final int HANDSHAKE_COMPLETE = 7;
    public static final int CHALLENGE_REQUEST = 8;
    public static final int CHALLENGE_RESPONSE = 9;
    public static final int FLAG = 10;
    public static final int STDERR = 11;
    public static final int EXIT_CODE = 12;

    private PayloadType() {}
}
