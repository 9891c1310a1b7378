package org.sallyport.agent.shell;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sallyport.protocol.message.TerminalSize;

/**
 * Our end of a pseudo-terminal, by its descriptor. Waiting and moving bytes are two steps, so that whoever reads or writes can be sure that no byte
 * is on its way while the terminal is handed to another process. One thread reads, one writes, any resizes or calls {@link #leave}.
 */
final class TerminalMaster {
    private static final int POLL_BYTES = 8;
    private static final int EVENTS_OFFSET = 4;
    private static final int HAPPENED_OFFSET = 6;
    private static final NativeLong TWO = new NativeLong(2);
    private static final NativeLong RESIZE = new NativeLong(SystemCalls.TIOCSWINSZ);

    private final int descriptor;
    private final int wake;

    /** @param descriptor which somebody else closes, after {@link #close} */
    TerminalMaster(int descriptor) throws IOException {
        this.descriptor = descriptor;
        try {
            int flags = SystemCalls.fcntl(descriptor, SystemCalls.F_GETFL, 0);
            SystemCalls.fcntl(descriptor, SystemCalls.F_SETFL, flags | SystemCalls.O_NONBLOCK);
            SystemCalls.fcntl(descriptor, SystemCalls.F_SETFD, SystemCalls.FD_CLOEXEC);
            wake = SystemCalls.eventfd(0, SystemCalls.EFD_CLOEXEC);
        } catch (LastErrorException e) {
            throw new IOException("descriptor %d is no terminal of ours: %s".formatted(descriptor, e.getMessage()), e);
        }
    }

    int descriptor() {
        return descriptor;
    }

    /** Blocks until {@link #read} has something or the end to say; false after {@link #leave}. */
    boolean awaitOutput() throws IOException {
        return await(SystemCalls.POLLIN);
    }

    /** Blocks until {@link #write} takes something or fails; false after {@link #leave}. */
    boolean awaitRoom() throws IOException {
        return await(SystemCalls.POLLOUT);
    }

    /** What there is, without waiting: 0 for nothing, -1 when nobody has the terminal open any more. */
    int read(byte[] buffer) {
        try {
            int length = SystemCalls.read(descriptor, buffer, new NativeLong(buffer.length))
                    .intValue();
            return length == 0 ? -1 : length;
        } catch (LastErrorException e) {
            // EIO is how Linux says that the last program has closed its end
            return mayTryAgain(e) ? 0 : -1;
        }
    }

    /** How many bytes were taken, without waiting. */
    int write(byte[] bytes) throws IOException {
        try {
            return SystemCalls.write(descriptor, bytes, new NativeLong(bytes.length))
                    .intValue();
        } catch (LastErrorException e) {
            if (mayTryAgain(e)) {
                return 0;
            }
            throw new IOException("the terminal takes no input: " + e.getMessage(), e);
        }
    }

    /** Programs on it get SIGWINCH. */
    void resize(TerminalSize size) throws IOException {
        byte[] window = ByteBuffer.allocate(POLL_BYTES)
                .order(ByteOrder.nativeOrder())
                .putShort((short) size.rows())
                .putShort((short) size.columns())
                .array();
        try {
            SystemCalls.ioctl(descriptor, RESIZE, window);
        } catch (LastErrorException e) {
            throw new IOException("the terminal takes no size: " + e.getMessage(), e);
        }
    }

    /** Ends all waiting, now and from now on. */
    void leave() {
        byte[] one = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(1)
                .array();
        SystemCalls.write(wake, one, new NativeLong(one.length));
    }

    /** Gives back all but the descriptor, after reader and writer have left. */
    void close() {
        SystemCalls.close(wake);
    }

    private boolean await(short wanted) throws IOException {
        ByteBuffer places = ByteBuffer.allocate(2 * POLL_BYTES).order(ByteOrder.nativeOrder());
        places.putInt(0, descriptor).putShort(EVENTS_OFFSET, wanted);
        places.putInt(POLL_BYTES, wake).putShort(POLL_BYTES + EVENTS_OFFSET, SystemCalls.POLLIN);
        while (true) {
            try {
                SystemCalls.poll(places.array(), TWO, -1);
            } catch (LastErrorException e) {
                if (!mayTryAgain(e)) {
                    throw new IOException("the terminal cannot be watched: " + e.getMessage(), e);
                }
                continue;
            }
            if (places.getShort(POLL_BYTES + HAPPENED_OFFSET) != 0) {
                return false;
            }
            if (places.getShort(HAPPENED_OFFSET) != 0) {
                return true;
            }
        }
    }

    private static boolean mayTryAgain(LastErrorException e) {
        return e.getErrorCode() == SystemCalls.EAGAIN || e.getErrorCode() == SystemCalls.EINTR;
    }
}
