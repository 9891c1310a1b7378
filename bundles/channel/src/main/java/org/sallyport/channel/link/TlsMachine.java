package org.sallyport.channel.link;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * Drives an {@link SSLEngine} without sockets: ciphertext in, plaintext out, and the reverse. One thread at a time; the handshake's
 * expensive parts are handed out and the machine waits for {@link #resume}.
 *
 * <p>MINA's own filter is not used: it hands messages on from threads of its own while the processor reads on, looks up the peer's name
 * on the network thread, refuses a 65th message, and breaks the connection at a TLS 1.3 key update, which comes after 128 GiB.
 */
final class TlsMachine {
    /** What arrives beyond this while the handshake waits for a task is no handshake. */
    private static final int MAX_WAITING = 128 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** What the machine has to say, on the thread that drives it. */
    interface Events {
        /** Bytes for the socket; the buffer belongs to the receiver. */
        void encrypted(ByteBuffer bytes);

        /** Bytes from the peer, valid until return. */
        void decrypted(ByteBuffer bytes);

        /** Work to be done on another thread; {@link #resume} is to be called afterwards. */
        void work(Runnable work);

        /** The handshake is done; called once. */
        void secured();

        /** The peer will send no more. */
        void peerDone();
    }

    private final SSLEngine engine;
    private final Events events;
    private final Scratch scratch;
    private ByteBuffer waiting = NOTHING;
    private boolean working;
    private boolean secured;
    private boolean peerDone;

    TlsMachine(SSLEngine engine, Scratch scratch, Events events) {
        this.engine = engine;
        this.scratch = scratch;
        this.events = events;
    }

    void start() throws SSLException {
        engine.beginHandshake();
        advance();
    }

    boolean secured() {
        return secured;
    }

    /** Takes all bytes that are there. */
    void received(ByteBuffer bytes) throws SSLException {
        if (waiting.remaining() + bytes.remaining() > MAX_WAITING) {
            throw new SSLException("more bytes than a TLS handshake may have");
        }
        if (waiting.hasRemaining()) {
            ByteBuffer joined = ByteBuffer.allocate(waiting.remaining() + bytes.remaining());
            waiting = joined.put(waiting).put(bytes).flip();
        } else {
            waiting = bytes;
        }
        try {
            advance();
        } finally {
            // The caller's buffer is its own again after return; an idle connection keeps none.
            waiting = waiting.hasRemaining() ? copy(waiting) : NOTHING;
        }
    }

    /** Goes on after the work that was handed out is done. */
    void resume() throws SSLException {
        working = false;
        try {
            advance();
        } finally {
            waiting = waiting.hasRemaining() ? waiting : NOTHING;
        }
    }

    /** Encrypts all of it; only after the handshake. */
    void send(ByteBuffer plain) throws SSLException {
        while (plain.hasRemaining()) {
            ByteBuffer out = scratch.encrypted(engine.getSession().getPacketBufferSize());
            boolean room = true;
            while (plain.hasRemaining() && room) {
                SSLEngineResult result = engine.wrap(plain, out);
                switch (result.getStatus()) {
                    case OK -> {
                        if (result.bytesProduced() == 0) {
                            throw new SSLException("the peer began a new handshake, which is refused");
                        }
                    }
                    case BUFFER_OVERFLOW -> room = false;
                    default -> throw new SSLException("the TLS connection is closed");
                }
            }
            events.encrypted(copy(out.flip()));
        }
    }

    /** Says good-bye to the peer. */
    void close() throws SSLException {
        engine.closeOutbound();
        if (!working) {
            while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && !engine.isOutboundDone()) {
                wrapHandshake();
            }
        }
    }

    private void advance() throws SSLException {
        while (!working && !peerDone) {
            switch (engine.getHandshakeStatus()) {
                case NEED_WRAP -> wrapHandshake();
                case NEED_TASK -> handOutTasks();
                default -> {
                    if (!unwrap()) {
                        return;
                    }
                }
            }
        }
    }

    private void wrapHandshake() throws SSLException {
        ByteBuffer out = scratch.encrypted(engine.getSession().getPacketBufferSize());
        SSLEngineResult result = engine.wrap(NOTHING, out);
        if (out.flip().hasRemaining()) {
            events.encrypted(copy(out));
        }
        noteFinished(result);
    }

    private void handOutTasks() throws SSLException {
        if (secured) {
            throw new SSLException("the peer began a new handshake, which is refused");
        }
        List<Runnable> tasks = new ArrayList<>();
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            tasks.add(task);
        }
        working = true;
        events.work(() -> tasks.forEach(Runnable::run));
    }

    private boolean unwrap() throws SSLException {
        ByteBuffer plain = scratch.decrypted(engine.getSession().getApplicationBufferSize());
        SSLEngineResult result = engine.unwrap(waiting, plain);
        noteFinished(result);
        if (plain.flip().hasRemaining()) {
            events.decrypted(plain);
        }
        return switch (result.getStatus()) {
            case OK ->
                result.bytesConsumed() > 0 || result.bytesProduced() > 0 || needsAction(engine.getHandshakeStatus());
            case CLOSED -> {
                peerDone = true;
                events.peerDone();
                yield false;
            }
            case BUFFER_UNDERFLOW, BUFFER_OVERFLOW -> false;
        };
    }

    private static boolean needsAction(HandshakeStatus status) {
        return status == HandshakeStatus.NEED_WRAP || status == HandshakeStatus.NEED_TASK;
    }

    private void noteFinished(SSLEngineResult result) {
        if (result.getHandshakeStatus() == HandshakeStatus.FINISHED && !secured) {
            secured = true;
            events.secured();
        }
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }
}
