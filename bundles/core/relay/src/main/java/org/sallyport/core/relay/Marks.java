package org.sallyport.core.relay;

/** Marks of back-pressure, in bytes. */
final class Marks {
    /** Above it a sender is asked to stop. */
    static final long HIGH = 256 * 1024;

    /** Below it a sender may go on. */
    static final long LOW = 64 * 1024;

    /** Above it data that its sender will resend is dropped; acknowledgements never are. */
    static final long DROP = 1024 * 1024;

    /** What one end may make the relay keep in all; beyond it the connection is closed and its peer comes back. */
    static final long HARD = 4 * 1024 * 1024;

    private Marks() {}
}
