package org.sallyport.channel.link;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.session.IoSession;

/**
 * One connection: bytes in order both ways, plain until {@link #startTls}, with an account of what waits to be written.
 *
 * <p>{@code send}, the read switches, {@code queuedBytes} and the closing methods may be called from any thread and never block; the
 * rest belongs to the loop's thread. At most {@link #IN_FLIGHT} encrypted bytes are with MINA at a time. More than {@link #LIMIT} bytes
 * waiting end the connection: its peer does not read and its sender does not heed the marks.
 */
public final class Link {
    public static final int HIGH_MARK = 256 * 1024;
    public static final int LOW_MARK = 64 * 1024;
    static final int LIMIT = 16 << 20;
    private static final int IN_FLIGHT = 128 * 1024;
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final IoSession session;
    private final EventLoop loop;
    private final Executor tlsWork;
    private final Scratch scratch;
    private final LinkOwner owner;
    private final AtomicBoolean flushPlanned = new AtomicBoolean();
    private final AtomicBoolean readChangePlanned = new AtomicBoolean();
    private final Object lock = new Object();
    private final Deque<ByteBuffer> queue = new ArrayDeque<>();
    private long waiting;
    private long inFlight;
    private boolean blocked;
    private boolean closing;
    private long closingSince;
    private String cause;
    private volatile boolean paused;
    private TlsMachine tls;
    private boolean finishing;
    private boolean ended;

    public Link(IoSession session, EventLoop loop, Executor tlsWork, Scratch scratch, LinkOwner owner) {
        this.session = session;
        this.loop = loop;
        this.tlsWork = tlsWork;
        this.scratch = scratch;
        this.owner = owner;
    }

    /** Begins TLS; nothing may be waiting to be written. */
    public void startTls(SSLEngine engine) {
        tls = new TlsMachine(engine, scratch, new TlsEvents());
        guarded(tls::start);
    }

    /**
     * Sends bytes, in the order of the calls.
     *
     * @param bytes belong to the link from now on
     * @return whether what waits is still below the high mark; the bytes are sent in either case, unless the link is closing
     */
    public boolean send(ByteBuffer bytes) {
        boolean below;
        boolean tooMuch;
        synchronized (lock) {
            if (closing) {
                return false;
            }
            queue.add(bytes);
            waiting += bytes.remaining();
            below = waiting + inFlight < HIGH_MARK;
            blocked |= !below;
            tooMuch = waiting + inFlight > LIMIT;
        }
        if (tooMuch) {
            closeNow("the peer does not read: more than " + LIMIT + " bytes wait");
        } else {
            planFlush();
        }
        return below;
    }

    /** Bytes accepted and not yet written to the socket, encrypted ones included. */
    public long queuedBytes() {
        synchronized (lock) {
            return waiting + inFlight;
        }
    }

    /** Stops or resumes reading, soon. */
    public void pauseReading(boolean pause) {
        paused = pause;
        if (readChangePlanned.compareAndSet(false, true)) {
            loop.execute(this::changeReading);
        }
    }

    /** Whether reading is paused, or about to be. */
    public boolean paused() {
        return paused;
    }

    /** Sends what waits, then closes; nothing more is accepted. */
    public void closeAfterFlush(String why) {
        beginClosing(why);
        planFlush();
    }

    /** Closes at once; what waits is lost. */
    public void closeNow(String why) {
        beginClosing(why);
        session.closeNow();
    }

    /** To be called now and then on the loop's thread: a close that the peer holds up by not reading is finished by force. */
    public void tick(long nowNanos) {
        boolean overdue;
        synchronized (lock) {
            overdue = closing && nowNanos - closingSince > CLOSE_NANOS;
        }
        if (overdue) {
            session.closeNow();
        }
    }

    private void beginClosing(String why) {
        synchronized (lock) {
            if (!closing) {
                closing = true;
                closingSince = System.nanoTime();
                cause = why;
            }
        }
    }

    void onOpened() {
        guarded(owner::opened);
    }

    void onRead(ByteBuffer bytes) {
        guarded(() -> {
            if (tls == null) {
                owner.received(bytes);
            } else {
                tls.received(bytes);
            }
        });
    }

    void onWritten(int bytes) {
        if (ended) {
            return;
        }
        boolean drained;
        synchronized (lock) {
            inFlight -= bytes;
        }
        flush();
        synchronized (lock) {
            drained = blocked && !closing && waiting + inFlight < LOW_MARK;
            blocked &= !drained;
        }
        if (drained) {
            guarded(owner::drained);
        }
    }

    void onClosed() {
        String why;
        synchronized (lock) {
            closing = true;
            queue.clear();
            waiting = 0;
            inFlight = 0;
            why = cause == null ? "the peer closed the connection" : cause;
        }
        if (!ended) {
            ended = true;
            guarded(() -> owner.closed(why));
        }
    }

    private void planFlush() {
        if (flushPlanned.compareAndSet(false, true)) {
            loop.execute(() -> {
                flushPlanned.set(false);
                flush();
            });
        }
    }

    private void flush() {
        if (ended || tls != null && !tls.secured()) {
            return;
        }
        for (ByteBuffer batch = nextBatch(); batch != null; batch = nextBatch()) {
            ByteBuffer bytes = batch;
            if (tls == null) {
                write(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
            } else {
                guarded(() -> tls.send(bytes));
            }
        }
        boolean finished;
        synchronized (lock) {
            finished = closing && queue.isEmpty() && inFlight == 0;
        }
        if (finished && !finishing) {
            finishing = true;
            if (tls != null) {
                guarded(tls::close);
            }
            session.closeOnFlush();
        }
    }

    /** Up to one batch of what waits; small messages share TLS records and writes. */
    private ByteBuffer nextBatch() {
        synchronized (lock) {
            if (queue.isEmpty() || inFlight >= IN_FLIGHT) {
                return null;
            }
            ByteBuffer batch = scratch.plain();
            while (batch.hasRemaining() && !queue.isEmpty()) {
                ByteBuffer head = queue.peek();
                int count = Math.min(batch.remaining(), head.remaining());
                batch.put(head.slice(head.position(), count));
                head.position(head.position() + count);
                if (!head.hasRemaining()) {
                    queue.remove();
                }
            }
            batch.flip();
            waiting -= batch.remaining();
            return batch;
        }
    }

    private void write(ByteBuffer bytes) {
        synchronized (lock) {
            inFlight += bytes.remaining();
        }
        session.write(IoBuffer.wrap(bytes));
    }

    private void changeReading() {
        readChangePlanned.set(false);
        if (paused) {
            session.suspendRead();
        } else {
            session.resumeRead();
        }
    }

    private interface Step {
        void run() throws SSLException;
    }

    private void guarded(Step step) {
        try {
            step.run();
        } catch (SSLException e) {
            sayAlert();
            fail("TLS: " + e.getMessage());
        } catch (RuntimeException e) {
            LinkHandler.LOG.error("A handler of connection {} failed", session.getId(), e);
            fail("internal error");
        }
    }

    /** An alert that the engine has made ready is worth a try; the connection ends anyhow. */
    private void sayAlert() {
        try {
            tls.close();
        } catch (SSLException e) {
            LinkHandler.LOG.trace("No alert could be sent on connection {}", session.getId(), e);
        }
    }

    private void fail(String why) {
        synchronized (lock) {
            queue.clear();
            waiting = 0;
        }
        beginClosing(why);
        session.closeOnFlush();
    }

    private final class TlsEvents implements TlsMachine.Events {
        @Override
        public void encrypted(ByteBuffer bytes) {
            write(bytes);
        }

        @Override
        public void decrypted(ByteBuffer bytes) {
            if (!ended) {
                owner.received(bytes);
            }
        }

        @Override
        public void work(Runnable work) {
            try {
                tlsWork.execute(() -> {
                    try {
                        work.run();
                    } finally {
                        loop.execute(() -> guarded(tls::resume));
                    }
                });
            } catch (RejectedExecutionException e) {
                closeNow("too many TLS handshakes at once");
            }
        }

        @Override
        public void secured() {
            owner.secured();
            planFlush();
        }

        @Override
        public void peerDone() {
            closeAfterFlush("the peer closed the connection");
        }
    }
}
