package org.sallyport.protocol.handshake;

/** What became of an action. */
public enum ActionStatus {
    SUCCESS(1),
    FAILED(2),
    UNSUPPORTED(3);

    private final int number;

    ActionStatus(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** Every number but that of success is a failure for the node; clients write 0 for what they do not know. */
    static ActionStatus of(long number) {
        return number == SUCCESS.number ? SUCCESS : number == UNSUPPORTED.number ? UNSUPPORTED : FAILED;
    }
}
