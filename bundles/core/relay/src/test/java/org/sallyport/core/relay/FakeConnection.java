package org.sallyport.core.relay;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.spi.transport.Connection;

/** A connection whose socket takes everything at once, or nothing while {@link #stalled}. */
final class FakeConnection implements Connection {
    private static final long HIGH = 256 * 1024;

    private final String id;
    private final List<byte[]> sent = new ArrayList<>();
    private final List<byte[]> pings = new ArrayList<>();
    private boolean stalled;
    private Runnable whenFull = () -> {};
    private volatile boolean paused;
    private volatile boolean closed;
    private long queued;

    FakeConnection(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String remoteAddress() {
        return "192.0.2.1";
    }

    @Override
    public synchronized boolean send(ByteBuffer message) {
        if (closed) {
            return true;
        }
        byte[] copy = new byte[message.remaining()];
        message.get(copy);
        sent.add(copy);
        if (stalled) {
            queued += copy.length;
        }
        boolean room = queued < HIGH;
        if (!room) {
            whenFull.run();
        }
        return room;
    }

    @Override
    public void ping(ByteBuffer payload) {
        byte[] copy = new byte[payload.remaining()];
        payload.get(copy);
        pings.add(copy); // this peer does not answer by itself; tests call the handler's pong
    }

    @Override
    public long queuedBytes() {
        return queued;
    }

    @Override
    public void pauseReading() {
        paused = true;
    }

    @Override
    public void resumeReading() {
        paused = false;
    }

    @Override
    public void close(int code, String reason) {
        closed = true;
    }

    void stall() {
        stalled = true;
    }

    /** Runs when a message is sent that is too much. */
    void whenFull(Runnable task) {
        whenFull = task;
    }

    /** The peer reads again; the handler is told by the test, as the transport does. */
    void flow() {
        stalled = false;
        queued = 0;
    }

    List<byte[]> pings() {
        return pings;
    }

    boolean paused() {
        return paused;
    }

    boolean closed() {
        return closed;
    }

    synchronized List<byte[]> sent() {
        return List.copyOf(sent);
    }

    synchronized int count() {
        return sent.size();
    }

    List<AgentMessage> messages() {
        return sent().stream().map(FakeConnection::decoded).toList();
    }

    /** The types sent, in order. */
    List<String> types() {
        return messages().stream().map(AgentMessage::type).toList();
    }

    private static AgentMessage decoded(byte[] bytes) {
        try {
            return AgentMessage.decode(ByteBuffer.wrap(bytes), true);
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
    }
}
