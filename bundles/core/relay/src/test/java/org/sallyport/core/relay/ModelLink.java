package org.sallyport.core.relay;

import java.nio.ByteBuffer;
import java.util.Random;
import org.sallyport.api.transport.ConnectionHandler;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.spi.transport.Connection;

/** A connection with latency, back-pressure and an end in which everything on its way is lost. */
final class ModelLink implements Connection {
    private static final long HIGH = 256 * 1024;
    private static final long LOW = 64 * 1024;

    private final ModelEnd end;
    private final ConnectionHandler relay;
    private final FakeTime time;
    private final Random random;
    private final int slowness;
    private long toEndAt;
    private long toRelayAt;
    private long queued;
    private boolean full;
    private boolean cut;
    private boolean relayKnows;
    private boolean reading = true;

    /** @param slowness most milliseconds that one message to the end takes */
    ModelLink(ModelEnd end, ConnectionHandler relay, FakeTime time, Random random, int slowness) {
        this.end = end;
        this.relay = relay;
        this.time = time;
        this.random = random;
        this.slowness = slowness;
    }

    boolean alive() {
        return !cut;
    }

    /** From the end to the relay. False when the connection is known to be gone. */
    void toRelay(byte[] message) {
        arriveAtRelay(() -> relay.frame(ByteBuffer.wrap(message)));
    }

    private void arriveAtRelay(Runnable arrival) {
        if (cut) {
            return;
        }
        toRelayAt = Math.max(toRelayAt, time.millis() + random.nextInt(8));
        time.after(toRelayAt - time.millis(), () -> arrived(arrival));
    }

    private void arrived(Runnable arrival) {
        if (cut) {
            return;
        }
        if (reading) {
            arrival.run();
        } else {
            time.after(5, () -> arrived(arrival)); // all behind it waits as long, since each is asked again in turn
        }
    }

    /** Everything on its way is lost; the relay and the end see it at some time. */
    void cut(int relaySees, int endSees) {
        if (cut) {
            return;
        }
        cut = true;
        time.after(relaySees, this::tellRelay);
        time.after(endSees, () -> end.lost(this));
    }

    private void tellRelay() {
        if (!relayKnows) {
            relayKnows = true;
            relay.closed("cut");
        }
    }

    @Override
    public String id() {
        return end.name();
    }

    @Override
    public String remoteAddress() {
        return "192.0.2.1";
    }

    @Override
    public boolean send(ByteBuffer message) {
        byte[] copy = new byte[message.remaining()];
        message.get(copy);
        queued += copy.length;
        arriveAtEnd(() -> {
            queued -= copy.length;
            end.frame(this, decoded(copy));
            if (full && queued < LOW && !cut) {
                full = false;
                relay.writable();
            }
        });
        full |= queued >= HIGH;
        return queued < HIGH;
    }

    @Override
    public void ping(ByteBuffer payload) {
        byte[] copy = new byte[payload.remaining()];
        payload.get(copy);
        arriveAtEnd(() -> arriveAtRelay(() -> relay.pong(ByteBuffer.wrap(copy))));
    }

    private void arriveAtEnd(Runnable arrival) {
        toEndAt = Math.max(toEndAt, time.millis()) + random.nextInt(slowness + 1);
        time.after(toEndAt - time.millis(), () -> {
            if (!cut) {
                arrival.run();
            }
        });
    }

    @Override
    public long queuedBytes() {
        return queued;
    }

    @Override
    public void pauseReading() {
        reading = false;
    }

    @Override
    public void resumeReading() {
        reading = true;
    }

    @Override
    public void close(int code, String reason) {
        cut(0, random.nextInt(20));
    }

    private static AgentMessage decoded(byte[] bytes) {
        try {
            return AgentMessage.decode(ByteBuffer.wrap(bytes), false);
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
    }
}
