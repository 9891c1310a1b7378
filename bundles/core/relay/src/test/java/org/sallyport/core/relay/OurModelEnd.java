package org.sallyport.core.relay;

import java.util.ArrayList;
import java.util.List;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.stream.StreamReceiver;
import org.sallyport.protocol.stream.StreamSender;
import org.sallyport.protocol.stream.StreamSettings;

/** Our agent or our command line, with the very classes that those use. */
final class OurModelEnd extends ModelEnd {
    private final StreamSender sender;
    private final StreamReceiver receiver;

    OurModelEnd(ModelWorld world, DataEnd end, int messages) {
        super(world, end, messages);
        StreamSettings settings = end == DataEnd.CLIENT ? StreamSettings.forClient() : StreamSettings.forAgent();
        sender = new StreamSender(settings, type());
        receiver = new StreamReceiver(settings);
    }

    @Override
    boolean settled() {
        return sender.unacknowledged() == 0;
    }

    @Override
    boolean mayMake() {
        return !sender.full() && !sender.paused();
    }

    @Override
    void send(int payloadType, byte[] payload) {
        transmit(sender.send(payloadType, payload, time.millis()));
    }

    @Override
    void resend() {
        sender.tick(time.millis()).forEach(this::transmit);
        receiver.drain().forEach(this::take);
    }

    @Override
    void attached() {
        sender.reconnected(time.millis()).forEach(this::transmit);
    }

    @Override
    void acknowledged(long sequence) {
        sender.acknowledged(sequence, time.millis());
    }

    @Override
    void data(AgentMessage message) {
        if (end == DataEnd.NODE) {
            publication(false);
        }
        StreamReceiver.Received received = receiver.frame(message);
        List<AgentMessage> acknowledge = new ArrayList<>(received.acknowledge());
        for (AgentMessage one : received.deliver()) {
            if (end == DataEnd.NODE && random.nextInt(50) == 0) {
                receiver.refuse(one.sequenceNumber());
                acknowledge.remove(one);
                break;
            }
            take(one);
        }
        acknowledge.forEach(this::acknowledge);
    }

    @Override
    void publication(boolean paused) {
        if (paused) {
            sender.pause();
        } else {
            sender.resume(time.millis()).forEach(this::transmit);
        }
    }
}
