package org.sallyport.agent.session;

import java.util.List;
import java.util.function.Consumer;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.TerminalSize;
import org.sallyport.protocol.stream.StreamReceiver;
import org.sallyport.protocol.stream.StreamSettings;

/**
 * From the wire to the terminal, in order. A message is handled first and then acknowledged; what cannot be taken now is not acknowledged
 * and comes again. On the lane.
 */
final class InputPath {

    /** Who takes it. */
    interface Target {
        /** False when there is no place for them now; {@link InputPath#room} is called when there is. */
        boolean keys(byte[] keys);

        void size(TerminalSize size);

        void terminate();
    }

    private final StreamReceiver receiver;
    private final Target target;
    private final Consumer<AgentMessage> acknowledge;
    private boolean refused;

    /**
     * @param acknowledge tells the sender that this message was taken
     * @param saved where another one stood; {@link #room} gives the target what it had refused
     */
    InputPath(StreamSettings settings, Target target, Consumer<AgentMessage> acknowledge, Saved saved) {
        this.receiver = new StreamReceiver(settings, saved.receiver());
        this.target = target;
        this.acknowledge = acknowledge;
        this.refused = saved.refused();
    }

    /**
     * What is needed to go on in another process.
     *
     * @param refused whether the target had no place
     */
    record Saved(StreamReceiver.Saved receiver, boolean refused) {}

    Saved save() {
        return new Saved(receiver.save(), refused);
    }

    void frame(AgentMessage message) {
        StreamReceiver.Received received = receiver.frame(message);
        if (deliver(received.deliver(), message.sequenceNumber())) {
            received.acknowledge().forEach(acknowledge);
        }
    }

    /** The target takes keys again. */
    void room() {
        if (refused) {
            refused = false;
            deliver(receiver.drain(), -1);
        }
    }

    /** False when the message of this number was refused. */
    private boolean deliver(List<AgentMessage> messages, long newest) {
        for (AgentMessage message : messages) {
            if (!handle(message)) {
                refused = true;
                receiver.refuse(message.sequenceNumber());
                return message.sequenceNumber() != newest;
            }
        }
        return true;
    }

    private boolean handle(AgentMessage message) {
        ShellInput input = ShellInput.of(message);
        if (input instanceof ShellInput.Keys keys) {
            return target.keys(keys.bytes());
        }
        if (input instanceof ShellInput.Size size) {
            target.size(size.size());
        } else if (input instanceof ShellInput.Terminate) {
            target.terminate();
        }
        return true;
    }
}
