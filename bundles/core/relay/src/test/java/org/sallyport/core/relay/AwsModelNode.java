package org.sallyport.core.relay;

import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.PayloadType;

/** amazon-ssm-agent's session worker. */
final class AwsModelNode extends AwsModelEnd {
    private boolean started;
    private boolean talking;
    private boolean paused;

    /** @param handshake whether the session begins with one */
    AwsModelNode(ModelWorld world, int messages, boolean handshake) {
        super(world, DataEnd.NODE, messages);
        if (handshake) {
            time.after(1, () -> send(PayloadType.HANDSHAKE_REQUEST, new byte[] {'{', '}'}));
        } else {
            talking = true;
            time.after(random.nextInt(200), () -> started = true);
        }
    }

    /** It makes messages also while it has no connection: they are kept, and come again one by one. */
    @Override
    boolean mayMake() {
        return talking && !paused;
    }

    @Override
    boolean mayResend() {
        return !paused;
    }

    @Override
    void attached() {
        paused = false;
    }

    @Override
    void acknowledged(long number) {
        paused = false;
        super.acknowledged(number);
    }

    @Override
    void data(AgentMessage message) {
        paused = false;
        super.data(message);
    }

    @Override
    boolean handle(AgentMessage message) {
        if (message.payloadType() == PayloadType.HANDSHAKE_RESPONSE) {
            send(PayloadType.HANDSHAKE_COMPLETE, new byte[] {'{', '}'});
            talking = true;
            started = true;
        } else if (!started) {
            return false;
        }
        take(message);
        acknowledge(message);
        return true;
    }

    @Override
    void drained(AgentMessage message) {
        take(message);
    }

    @Override
    void duplicate(AgentMessage message) {
        acknowledge(message);
    }

    @Override
    void publication(boolean pause) {
        paused = pause;
    }
}
