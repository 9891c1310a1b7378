package org.sallyport.cli.session;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.sallyport.channel.websocket.WebSocketChannel;
import org.sallyport.protocol.message.AgentMessage;

/**
 * A session's way to the server, over all its connections: a lost one is taken up again with ResumeSession, until that is of no use any
 * more. The next one is only dialled after the last was closed. On the session's lane, but for {@link #close}.
 */
final class Uplink implements Intake.Events {
    private static final long STEADY_MILLIS = 30_000;
    private static final int GOING = 1000;

    /** The session; each call comes on its lane, and but for {@link #down} and {@link #writable} only while there is no outcome. Times are those of its clock. */
    interface Events {
        /** A connection is tried, or asked for. */
        void trying();

        /** The token is to be sent first, by {@link Uplink#sendText}. */
        void opened(String token, long now);

        void received(byte[] frame);

        void writable();

        /** There is nobody to send to. */
        void down();

        /** The next try is made then. */
        void waiting(String cause, long nextTry, long now);
    }

    private final String sessionId;
    private final Dialer dialer;
    private final Lane lane;
    private final LongSupplier clock;
    private final Duration giveUp;
    private final Retries retries;
    private final CompletableFuture<Outcome> outcome;
    private final Events events;

    private URI streamUrl;
    private String token;
    private volatile Optional<WebSocketChannel> channel = Optional.empty();
    private long openedAt;

    /** @param outcome completed when there is no way any more; after that nothing is tried */
    Uplink(
            String sessionId,
            Dialer dialer,
            Lane lane,
            SessionSettings settings,
            CompletableFuture<Outcome> outcome,
            Events events) {
        this.sessionId = sessionId;
        this.dialer = dialer;
        this.lane = lane;
        this.clock = settings.steady();
        this.giveUp = settings.giveUp();
        this.retries = new Retries(giveUp);
        this.outcome = outcome;
        this.events = events;
    }

    /** @param startToken from StartSession, for the first connection */
    void begin(String startToken, URI channelUrl) {
        streamUrl = channelUrl;
        token = startToken;
        connect();
    }

    /** False when no more is wanted for now, or there is no connection: then the message is dropped. */
    boolean send(AgentMessage message) {
        return channel.map(open -> open.send(ByteBuffer.wrap(message.encode()))).orElse(false);
    }

    void sendText(String text) {
        channel.ifPresent(open -> open.sendText(text));
    }

    /** Asks whether the server is there; the connection is lost when it does not answer in time. */
    void probe(Duration limit) {
        channel.ifPresent(open -> open.probe(limit));
    }

    /** What came was of use: the connection works. */
    void progress() {
        retries.progress();
    }

    /** Any thread. */
    void close() {
        channel.ifPresent(open -> open.close(GOING, ""));
    }

    @Override
    public void opened(WebSocketChannel opened) {
        if (outcome.isDone()) {
            opened.close(GOING, "");
            return;
        }
        channel = Optional.of(opened);
        openedAt = clock.getAsLong();
        events.opened(token, openedAt);
    }

    @Override
    public void received(byte[] frame) {
        if (!outcome.isDone()) {
            events.received(frame);
        }
    }

    @Override
    public void writable() {
        events.writable();
    }

    @Override
    public void closed(String cause) {
        boolean lasted = channel.isPresent() && clock.getAsLong() - openedAt >= STEADY_MILLIS;
        channel = Optional.empty();
        events.down();
        if (outcome.isDone()) {
            return;
        }
        if (lasted) {
            retries.progress();
        }
        tryAgain(cause);
    }

    private void connect() {
        events.trying();
        dialer.dial(streamUrl, new Intake(lane, this));
    }

    private void tryAgain(String cause) {
        long now = clock.getAsLong();
        Optional<Duration> pause = retries.next(now);
        if (pause.isEmpty()) {
            lost("No connection for %d minutes: %s".formatted(giveUp.toMinutes(), cause));
            return;
        }
        events.waiting(cause, now + pause.get().toMillis(), now);
        lane.after(pause.get(), () -> {
            if (!outcome.isDone()) {
                events.trying();
                dialer.resume(sessionId, new Resumption());
            }
        });
    }

    private void lost(String why) {
        outcome.complete(new Outcome(Outcome.How.LOST, why));
    }

    /** What came of ResumeSession; the calls come on the dialer's thread. */
    private final class Resumption implements Dialer.Answer {

        @Override
        public void token(String fresh) {
            lane.execute(() -> {
                if (!outcome.isDone()) {
                    token = fresh;
                    connect();
                }
            });
        }

        @Override
        public void over(String cause) {
            String text = "The session ended while there was no connection to the server.";
            outcome.complete(new Outcome(Outcome.How.CLOSED, cause.isBlank() ? text : text + " " + cause));
        }

        @Override
        public void away(String why) {
            lane.execute(() -> {
                if (!outcome.isDone()) {
                    tryAgain(why);
                }
            });
        }

        @Override
        public void refused(String why) {
            lost("The server does not let the session go on: " + why);
        }
    }
}
