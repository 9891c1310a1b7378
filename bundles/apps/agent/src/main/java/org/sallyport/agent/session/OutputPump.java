package org.sallyport.agent.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.sallyport.agent.shell.Utf8Cutter;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.PayloadType;
import org.sallyport.protocol.stream.DelayWindow;
import org.sallyport.protocol.stream.StreamSender;
import org.sallyport.protocol.stream.StreamSettings;

/**
 * From the terminal to the wire. Nothing is forgotten: while the session is paused, too much is unacknowledged or the socket is full,
 * output waits here, at most {@link #CHUNKS} reads of the terminal; {@link #awaitRoom} then holds the reader, and the programs' own writes
 * block as on a terminal whose user pressed Ctrl-S. On the lane, but for {@link #awaitRoom} and {@link #read}.
 */
final class OutputPump {
    private static final int CHUNKS = 16;
    private static final long LEAST_WAIT_MILLIS = 5;

    /** A key that is typed while a program prints is echoed behind what is on its way, so that is to be little for a slow reader. */
    private static final long LEAST_WINDOW_BYTES = 64 * 1024;

    private static final long QUEUE_GOAL_MILLIS = 60;

    /**
     * As much as one read of a terminal gives. Each message costs an acknowledgement, a hash and a place in the journal, and clients take any
     * size; amazon-ssm-agent's 1024 bytes would cost four times as much.
     */
    private static final int PAYLOAD_BYTES = 4096;

    private record Piece(byte[] payload, boolean lastOfChunk) {}

    private final Lane lane;
    private final StreamSender sender;
    private final LongSupplier clock;
    private final Predicate<AgentMessage> wire;
    private final Utf8Cutter cutter = new Utf8Cutter(PAYLOAD_BYTES);
    private final Semaphore room = new Semaphore(CHUNKS);
    private final Queue<byte[]> read = new ConcurrentLinkedQueue<>();
    private final Deque<Piece> waiting = new ArrayDeque<>();
    private Optional<Future<?>> resend = Optional.empty();
    private boolean congested;

    /**
     * What is needed to go on in another process.
     *
     * @param waiting output that was not sent yet, in order
     * @param rest bytes of a character that is not complete
     */
    record Saved(StreamSender.Saved sender, List<byte[]> waiting, byte[] rest) {}

    Saved save() {
        return new Saved(sender.save(), waiting.stream().map(Piece::payload).toList(), cutter.rest());
    }

    /**
     * @param wire sends, or drops while there is no channel; false when the socket is full
     * @param saved where another one stood; {@link #reconnected} sends what waits then
     */
    OutputPump(StreamSettings settings, Lane lane, LongSupplier clock, Predicate<AgentMessage> wire, Saved saved) {
        DelayWindow window = DelayWindow.ofDelay(LEAST_WINDOW_BYTES, settings.outgoingBytes(), QUEUE_GOAL_MILLIS);
        this.sender =
                new StreamSender(settings, MessageTypes.OUTPUT_STREAM_DATA, window, saved.sender(), clock.getAsLong());
        this.lane = lane;
        this.clock = clock;
        this.wire = wire;
        saved.waiting().forEach(payload -> waiting.add(new Piece(payload, false)));
        cutter.cut(saved.rest(), saved.rest().length);
    }

    /** Blocks until one more chunk may be given to {@link #offer}. Any thread. */
    void awaitRoom() throws InterruptedException {
        room.acquire();
    }

    /** Takes what one read of the terminal gave; after {@link #awaitRoom}. Any thread. */
    void read(byte[] chunk) {
        read.add(chunk);
        lane.execute(this::offerAll);
    }

    /** Sends what was read until now, as far as it may. */
    void offerAll() {
        for (byte[] chunk = read.poll(); chunk != null; chunk = read.poll()) {
            List<byte[]> payloads = cutter.cut(chunk, chunk.length);
            if (payloads.isEmpty()) {
                room.release();
            }
            add(payloads);
        }
    }

    /** No more output comes. */
    void end() {
        cutter.end().forEach(rest -> waiting.add(new Piece(rest, false)));
        pump();
    }

    /** Makes a client speak that is silent until it has seen output (data-channel specification, section 5.1). */
    void sendEmpty() {
        transmit(sender.send(PayloadType.OUTPUT, new byte[] {}, clock.getAsLong()));
        armResend();
    }

    void acknowledged(long sequence) {
        sender.acknowledged(sequence, clock.getAsLong());
        pump();
    }

    void pause() {
        sender.pause();
        armResend();
    }

    /** Sends again what waited during a pause, since who asked for the pause may have lost it; nothing when there was none. */
    void resume() {
        sender.resume(clock.getAsLong()).forEach(this::transmit);
        pump();
    }

    boolean paused() {
        return sender.paused();
    }

    /** A new channel: all that was not acknowledged goes again, in order. */
    void reconnected() {
        congested = false;
        sender.reconnected(clock.getAsLong()).forEach(this::transmit);
        pump();
    }

    /** The socket has room again. */
    void writable() {
        congested = false;
        pump();
    }

    /** Whether everything was sent and acknowledged. */
    boolean drained() {
        return waiting.isEmpty() && sender.unacknowledged() == 0;
    }

    private void add(List<byte[]> payloads) {
        for (int i = 0; i < payloads.size(); i++) {
            waiting.add(new Piece(payloads.get(i), i == payloads.size() - 1));
        }
        pump();
    }

    private void pump() {
        while (!waiting.isEmpty() && !congested && !sender.paused() && !sender.full()) {
            Piece piece = waiting.remove();
            transmit(sender.send(PayloadType.OUTPUT, piece.payload(), clock.getAsLong()));
            if (piece.lastOfChunk()) {
                room.release();
            }
        }
        armResend();
    }

    private void transmit(AgentMessage message) {
        congested = !wire.test(message) || congested;
    }

    private void armResend() {
        resend.ifPresent(timer -> timer.cancel(false));
        OptionalLong due = sender.nextTick();
        if (due.isEmpty()) {
            resend = Optional.empty();
            return;
        }
        long wait = Math.max(LEAST_WAIT_MILLIS, due.getAsLong() - clock.getAsLong());
        resend = lane.schedule(Duration.ofMillis(wait), this::resendOldest);
    }

    private void resendOldest() {
        sender.tick(clock.getAsLong()).forEach(this::transmit);
        armResend();
    }
}
