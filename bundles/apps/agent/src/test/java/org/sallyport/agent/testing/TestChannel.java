package org.sallyport.agent.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.OpenChannel;
import org.sallyport.protocol.websocket.FrameDecoder;
import org.sallyport.protocol.websocket.FrameEncoder;
import org.sallyport.protocol.websocket.FrameSink;
import org.sallyport.protocol.websocket.Role;
import org.sallyport.protocol.websocket.WebSocketProtocolException;

/** The server's side of one web-socket. Reads on the connection's thread; messages wait to be asked for. */
public final class TestChannel implements FrameSink {
    private final Socket socket;
    private final FrameEncoder encoder = new FrameEncoder(Role.SERVER);
    private final BlockingQueue<OpenChannel> openings = new LinkedBlockingQueue<>();
    private final BlockingQueue<AgentMessage> messages = new LinkedBlockingQueue<>();
    private volatile boolean ended;

    TestChannel(Socket socket) {
        this.socket = socket;
    }

    void readToEnd() throws IOException {
        FrameDecoder decoder = new FrameDecoder(Role.SERVER, 1 << 20);
        byte[] buffer = new byte[16 * 1024];
        InputStream in = socket.getInputStream();
        try {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                decoder.feed(ByteBuffer.wrap(buffer, 0, length), this);
            }
        } catch (WebSocketProtocolException e) {
            throw new IOException(e);
        } finally {
            ended = true;
        }
    }

    public OpenChannel opening() throws InterruptedException {
        return need(openings.poll(60, TimeUnit.SECONDS), "opening");
    }

    /** The next message that the node sent. */
    public AgentMessage message() throws InterruptedException {
        return need(messages.poll(60, TimeUnit.SECONDS), "message");
    }

    /** The next message of a type; others are thrown away. */
    public AgentMessage message(String type) throws InterruptedException {
        AgentMessage next = message();
        while (!next.type().equals(type)) {
            next = message();
        }
        return next;
    }

    public AgentMessage poll(long millis) throws InterruptedException {
        return messages.poll(millis, TimeUnit.MILLISECONDS);
    }

    public synchronized void send(AgentMessage message) throws IOException {
        write(encoder.binary(ByteBuffer.wrap(message.encode())));
    }

    /** As a machine that fails: no close frame. */
    public void drop() throws IOException {
        socket.close();
    }

    public boolean ended() {
        return ended;
    }

    @Override
    public void binary(ByteBuffer message) {
        try {
            messages.add(AgentMessage.decode(message, true));
        } catch (MalformedMessageException e) {
            throw new AssertionError("the node sent a malformed message", e);
        }
    }

    @Override
    public void text(String message) {
        try {
            openings.add(OpenChannel.parse(message));
        } catch (MalformedMessageException e) {
            throw new AssertionError("the node sent a malformed opening", e);
        }
    }

    @Override
    public synchronized void ping(byte[] payload) {
        try {
            write(encoder.pong(payload));
        } catch (IOException e) {
            throw new AssertionError("the node closed in the middle of a ping", e);
        }
    }

    @Override
    public void pong(byte[] payload) {
        throw new AssertionError("a pong that nobody asked for");
    }

    @Override
    public void close(int code, String reason) {
        ended = true;
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void write(ByteBuffer frame) throws IOException {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    private static <T> T need(T found, String what) {
        if (found == null) {
            throw new AssertionError("no " + what + " from the node in 20 s");
        }
        return found;
    }
}
