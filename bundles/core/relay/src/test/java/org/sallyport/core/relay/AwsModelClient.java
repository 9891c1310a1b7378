package org.sallyport.core.relay;

import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.PayloadType;

/**
 * session-manager-plugin: says nothing about repeats, is ready only some time after its first output or after the handshake, loses handshake
 * messages that come out of order, and dies of any message right after HandshakeComplete.
 */
final class AwsModelClient extends AwsModelEnd {
    private static final long SETUP = 10;

    private boolean ready;
    private boolean starting;
    private long quietUntil;

    AwsModelClient(ModelWorld world, int messages) {
        super(world, DataEnd.CLIENT, messages);
    }

    @Override
    void frame(ModelLink over, AgentMessage message) {
        if (time.millis() < quietUntil) {
            throw new AssertionError("the client is dead: %s right after HandshakeComplete".formatted(message));
        }
        super.frame(over, message);
    }

    /** Typing into a lost connection would end the program. */
    @Override
    boolean mayMake() {
        return ready && connected();
    }

    @Override
    void attached() {
        // Nothing comes again but by the timer.
    }

    @Override
    boolean handle(AgentMessage message) {
        switch (message.payloadType()) {
            case PayloadType.HANDSHAKE_REQUEST -> {
                acknowledge(message);
                send(PayloadType.HANDSHAKE_RESPONSE, new byte[] {'{', '}'});
                return true;
            }
            case PayloadType.HANDSHAKE_COMPLETE -> {
                acknowledge(message);
                quietUntil = time.millis() + SETUP;
                time.after(SETUP, () -> ready = true);
                return true;
            }
            default -> {
                if (!ready) {
                    start();
                    return false;
                }
                take(message);
                acknowledge(message);
                return true;
            }
        }
    }

    private void start() {
        if (!starting) {
            starting = true;
            time.after(1 + random.nextInt(300), () -> {
                ready = true;
                send(PayloadType.SIZE, "{\"cols\":80,\"rows\":24}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            });
        }
    }

    @Override
    void drained(AgentMessage message) {
        if (message.payloadType() != PayloadType.OUTPUT || !ready) {
            throw new AssertionError("the client has lost %s, out of order".formatted(message));
        }
        take(message);
    }

    @Override
    void duplicate(AgentMessage message) {
        // Silence: this is what the relay must find out.
    }

    @Override
    void publication(boolean paused) {
        throw new AssertionError("publication is no word for clients");
    }
}
