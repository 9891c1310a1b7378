package org.sallyport.core.relay;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.Acknowledge;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.PayloadType;

/** One end of a session in the model: makes messages, takes messages, comes back when it lost its connection. */
abstract class ModelEnd {
    final ModelWorld world;
    final FakeTime time;
    final Random random;
    final DataEnd end;
    final List<String> made = new ArrayList<>();
    final List<String> got = new ArrayList<>();
    /** Numbers of the other end's messages that this one has, in order or early. */
    final Set<Long> has = new HashSet<>();

    ModelLink link;
    private int left;

    ModelEnd(ModelWorld world, DataEnd end, int messages) {
        this.world = world;
        this.time = world.time;
        this.random = world.random;
        this.end = end;
        this.left = messages;
        time.after(100, this::tick);
        time.after(1 + random.nextInt(50), this::make);
    }

    String name() {
        return getClass().getSimpleName() + " as " + end;
    }

    boolean done() {
        return left == 0;
    }

    boolean connected() {
        return link != null && link.alive();
    }

    private void make() {
        if (left > 0) {
            int burst = 1 + random.nextInt(random.nextInt(10) == 0 ? 60 : 4);
            for (int i = 0; i < burst && left > 0 && mayMake(); i++) {
                String text = end + " " + made.size() + " " + "x".repeat(random.nextInt(world.largest));
                made.add(text);
                left--;
                send(PayloadType.OUTPUT, text.getBytes(StandardCharsets.UTF_8));
            }
            time.after(1 + random.nextInt(40), this::make);
        }
    }

    private void tick() {
        resend();
        time.after(100, this::tick);
    }

    /** A connection is up; the token was sent. */
    void attached(ModelLink opened) {
        link = opened;
        attached();
    }

    void lost(ModelLink gone) {
        if (gone == link) {
            link = null;
            world.comeBack(this);
        }
    }

    void frame(ModelLink over, AgentMessage message) {
        if (over != link) {
            return;
        }
        switch (message.type()) {
            case MessageTypes.ACKNOWLEDGE -> {
                long sequence = acknowledged(message);
                world.checkAcknowledgement(end, sequence);
                acknowledged(sequence);
            }
            case MessageTypes.INPUT_STREAM_DATA, MessageTypes.OUTPUT_STREAM_DATA -> data(message);
            case MessageTypes.CHANNEL_CLOSED -> world.ended(end);
            default -> publication(message.type().equals(MessageTypes.PAUSE_PUBLICATION));
        }
    }

    private static long acknowledged(AgentMessage message) {
        try {
            return Acknowledge.parse(message.payload()).sequenceNumber();
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
    }

    final void take(AgentMessage message) {
        if (message.payloadType() == PayloadType.OUTPUT) {
            got.add(message.text());
        }
    }

    final void acknowledge(AgentMessage message) {
        has.add(message.sequenceNumber());
        transmit(new AgentMessage(
                MessageTypes.ACKNOWLEDGE,
                1,
                time.epochMillis(),
                0,
                3,
                UUID.randomUUID(),
                PayloadType.NONE,
                new Acknowledge(message.type(), message.messageId(), message.sequenceNumber(), true).toJson()));
    }

    final void transmit(AgentMessage message) {
        if (connected()) {
            link.toRelay(message.encode());
        }
    }

    final String type() {
        return end == DataEnd.CLIENT ? MessageTypes.INPUT_STREAM_DATA : MessageTypes.OUTPUT_STREAM_DATA;
    }

    /** Whether everything sent was acknowledged. */
    abstract boolean settled();

    abstract boolean mayMake();

    abstract void send(int payloadType, byte[] payload);

    abstract void resend();

    abstract void attached();

    abstract void acknowledged(long sequence);

    abstract void data(AgentMessage message);

    abstract void publication(boolean paused);
}
