package org.sallyport.channel.link;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.session.IoSession;

/**
 * One connection: bytes in order both ways, plain until {@link #startTls}, with an account of what waits to be written.
 *
 * <p>{@code send}, the read switches, {@code queuedBytes} and the closing methods may be called from any thread and never block; the
 * rest belongs to the loop's thread. At most {@link SendQueue#IN_FLIGHT} encrypted bytes and one batch are with MINA at a time. More than {@link #LIMIT} bytes
 * waiting end the connection: its peer does not read and its sender does not heed the marks.
 */
public final class Link {
    public static final int HIGH_MARK = 256 * 1024;
    public static final int LOW_MARK = 64 * 1024;
    static final int LIMIT = 16 << 20;
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MAX_LINGER = 16 << 20;

    /** The first reason to close, which is the one that counts. */
    private record Ending(String why, long nanos) {}

    private final IoSession session;
    private final EventLoop loop;
    private final Executor tlsWork;
    private final Scratch scratch;
    private final LinkOwner owner;
    private final AtomicBoolean flushPlanned = new AtomicBoolean();
    private final AtomicBoolean readChangePlanned = new AtomicBoolean();
    private final SendQueue queue = new SendQueue();
    private final AtomicReference<Ending> ending = new AtomicReference<>();
    private volatile boolean paused;
    private volatile boolean lingering;
    private TlsMachine tls;
    private boolean finishing;
    private long lastRead;
    private int discarded;
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

    /** Begins TLS with bytes of it that came before it was known where they begin. */
    public void startTls(SSLEngine engine, ByteBuffer early) {
        startTls(engine);
        if (early.hasRemaining()) {
            guarded(() -> tls.received(early));
        }
    }

    /**
     * Sends bytes, in the order of the calls.
     *
     * @param bytes belong to the link from now on
     * @return whether what waits is still below the high mark; the bytes are sent in either case, unless the link is closing
     */
    public boolean send(ByteBuffer bytes) {
        SendQueue.Offer offer = queue.add(bytes);
        switch (offer) {
            case OVER_LIMIT -> closeNow("the peer does not read: more than " + LIMIT + " bytes wait");
            case BELOW_MARK, ABOVE_MARK -> planFlush();
            case REFUSED -> {
                // The caller learns of the end by its own call-back.
            }
        }
        return offer == SendQueue.Offer.BELOW_MARK;
    }

    /** Bytes accepted and not yet written to the socket, encrypted ones included. */
    public long queuedBytes() {
        return queue.bytes();
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

    /**
     * As {@link #closeAfterFlush}, for a peer that is still sending: what it sends is read and dropped until it closes, is quiet for a
     * second or has sent {@link #MAX_LINGER} bytes, at most five seconds. A socket that is closed with unread bytes is reset, and the peer
     * would lose the last thing that was said to it.
     */
    public void closeLingering(String why) {
        lingering = true;
        pauseReading(false);
        closeAfterFlush(why);
    }

    /** Closes at once; what waits is lost. */
    public void closeNow(String why) {
        beginClosing(why);
        session.closeNow();
    }

    /** To be called now and then on the loop's thread: a close that the peer holds up by not reading is finished by force. */
    public void tick(long nowNanos) {
        Ending begun = ending.get();
        if (begun != null && nowNanos - begun.nanos() > CLOSE_NANOS) {
            session.closeNow();
        } else if (lingering && finishing && nowNanos - lastRead > QUIET_NANOS) {
            session.closeOnFlush();
        }
    }

    private void beginClosing(String why) {
        ending.compareAndSet(null, new Ending(why, System.nanoTime()));
        queue.close();
    }

    void onOpened() {
        guarded(owner::opened);
    }

    void onRead(ByteBuffer bytes) {
        if (finishing) {
            discard(bytes);
            return;
        }
        guarded(() -> {
            if (tls == null) {
                owner.received(bytes);
            } else {
                tls.received(bytes);
            }
        });
    }

    private void discard(ByteBuffer bytes) {
        lastRead = System.nanoTime();
        discarded += bytes.remaining();
        bytes.position(bytes.limit());
        if (discarded > MAX_LINGER) {
            session.closeNow();
        }
    }

    void onWritten(int bytes) {
        if (ended) {
            return;
        }
        queue.written(bytes);
        flush();
        if (queue.drained()) {
            guarded(owner::drained);
        }
    }

    void onClosed() {
        queue.close();
        queue.drop(true);
        if (!ended) {
            ended = true;
            Ending begun = ending.get();
            String why = begun == null ? "the peer closed the connection" : begun.why();
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
        for (ByteBuffer batch = queue.nextBatch(scratch); batch != null; batch = queue.nextBatch(scratch)) {
            ByteBuffer bytes = batch;
            if (tls == null) {
                write(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
            } else {
                guarded(() -> tls.send(bytes));
            }
        }
        if (queue.finished() && !finishing) {
            finish();
        }
    }

    private void finish() {
        finishing = true;
        lastRead = System.nanoTime();
        if (tls != null) {
            guarded(tls::close);
        }
        if (!lingering) {
            session.closeOnFlush();
        }
    }

    private void write(ByteBuffer bytes) {
        queue.handedOver(bytes.remaining());
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
        queue.drop(false);
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
