package org.sallyport.core.status.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lines of bytes over a UNIX socket, each bounded in length and time. The channel must not block. */
public final class Lines {
    /** Most bytes of a question. */
    public static final int QUESTION = 1024;

    /** Most bytes of an answer. */
    public static final int ANSWER = 1024 * 1024;

    private Lines() {}

    /**
     * Reads up to the first line feed, which is left out.
     *
     * @throws IOException the line is too long, does not end in time, or the peer closed before its end
     */
    public static byte[] read(SocketChannel channel, int most, Duration limit) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteBuffer piece = ByteBuffer.allocate(8 * 1024);
        long end = System.nanoTime() + limit.toNanos();
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            while (true) {
                await(selector, end, "read");
                if (channel.read(piece.clear()) < 0) {
                    throw new IOException("the peer closed before the end of the line");
                }
                piece.flip();
                while (piece.hasRemaining()) {
                    byte next = piece.get();
                    if (next == '\n') {
                        return line.toByteArray();
                    }
                    if (line.size() == most) {
                        throw new IOException("the line has more than %d bytes".formatted(most));
                    }
                    line.write(next);
                }
            }
        }
    }

    /** Writes a line and its line feed. */
    public static void write(SocketChannel channel, byte[] line, Duration limit) throws IOException {
        ByteBuffer left =
                ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
        long end = System.nanoTime() + limit.toNanos();
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_WRITE);
            while (left.hasRemaining()) {
                await(selector, end, "written");
                channel.write(left);
            }
        }
    }

    private static void await(Selector selector, long end, String what) throws IOException {
        selector.selectedKeys().clear();
        long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (millis <= 0 || selector.select(millis) == 0) {
            throw new SocketTimeoutException("the line was not %s in time".formatted(what));
        }
    }
}
