package org.sallyport.cli.session;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.sallyport.channel.websocket.WebSocketChannel;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.OpenChannel;
import org.sallyport.protocol.message.SessionPosition;
import org.sallyport.protocol.message.TerminalSize;
import org.sallyport.protocol.stream.StreamSettings;

/**
 * The client's end of a shell session (data-channel specification, sections 2, 3 and 6): keeps it connected. {@link Conversation} knows
 * what is said. All state is on one lane, a thread of its own; network and keyboard post to it. A lost connection is taken up again with
 * ResumeSession, and what was not acknowledged is sent once more. Public methods: any thread.
 */
public final class ShellSession implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);
    private static final long STEADY_MILLIS = 30_000;
    private static final int KEY_PLACES = 64;
    private static final int GOING = 1000;

    /** Between the two sizes that have a program paint anew: one that had not heard of the first would see no change. */
    private static final Duration REPAINT_PAUSE = Duration.ofMillis(300);

    private final String sessionId;
    private final Dialer dialer;
    private final Screen screen;
    private final LongSupplier clock;
    private final LongSupplier wall;
    private final Client client;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final Room room = new Room(KEY_PLACES);
    private final Lane lane = new Lane(failure -> lost("An unexpected failure: " + failure));
    private final Troubles troubles = new Troubles(ZoneId.systemDefault());
    private final Duration giveUp;
    private final Retries retries;
    private final LinkWatch watch;
    private final Conversation conversation;

    private TerminalSize size;
    private URI streamUrl;
    private String token;
    private volatile Optional<WebSocketChannel> channel = Optional.empty();
    private long openedAt;
    private boolean statusShown;
    private boolean warned;
    private boolean placed;

    /**
     * @param client who this is to the server
     * @param size for the first line; {@link #resize} tells changes
     * @param screen called on the session's lane
     * @param interactive whether a person sits there, who can leave by himself, rather than a program that waits for the end
     */
    public ShellSession(
            String sessionId, Client client, Dialer dialer, Screen screen, TerminalSize size, boolean interactive) {
        this(
                sessionId,
                client,
                dialer,
                screen,
                size,
                interactive ? SessionSettings.forPerson() : SessionSettings.unattended());
    }

    ShellSession(
            String sessionId,
            Client client,
            Dialer dialer,
            Screen screen,
            TerminalSize size,
            SessionSettings settings) {
        this.sessionId = sessionId;
        this.client = client;
        this.placed = client.takesOver().isEmpty();
        this.dialer = dialer;
        this.screen = screen;
        this.size = size;
        this.clock = settings.steady();
        this.wall = settings.wall();
        this.giveUp = settings.giveUp();
        this.retries = new Retries(giveUp);
        this.watch = new LinkWatch(clock.getAsLong(), wall.getAsLong());
        Notices notices = new Notices(
                (text, seconds) -> troubles.nodeAway(text, seconds, clock.getAsLong(), wall.getAsLong()),
                () -> troubles.nodeBack(clock.getAsLong()),
                this::tell,
                text -> outcome.complete(new Outcome(Outcome.How.MOVED, text)));
        Outbox outbox = new Outbox(settings.stream(), room, this::write, clock);
        this.conversation = new Conversation(screen, outbox, this::write, outcome, clock, notices);
        if (!placed) {
            conversation.unplaced();
        }
        outcome.whenComplete((how, failure) -> room.end());
    }

    /**
     * Connects; to be called once.
     *
     * @param startToken from StartSession
     * @return comes once, on another thread
     */
    public CompletableFuture<Outcome> begin(String startToken, URI channelUrl) {
        lane.execute(() -> {
            streamUrl = channelUrl;
            token = startToken;
            conversation.size(size);
            troubles.connecting(clock.getAsLong(), wall.getAsLong());
            connect();
        });
        lane.every(StreamSettings.TICK_MILLIS, this::tick);
        return outcome;
    }

    /** Sends what was typed; blocks while the node does not take what was typed before, and drops it when the session is over. */
    public void type(byte[] keys) throws InterruptedException {
        for (int from = 0; from < keys.length; from += StreamSettings.CHUNK_BYTES) {
            byte[] chunk = Arrays.copyOfRange(keys, from, Math.min(keys.length, from + StreamSettings.CHUNK_BYTES));
            if (!room.take()) {
                return;
            }
            lane.execute(() -> conversation.keys(chunk));
        }
    }

    /** The window has a new size; nothing is sent when it is the old one. */
    public void resize(TerminalSize changed) {
        lane.execute(() -> {
            if (!changed.equals(size)) {
                size = changed;
                conversation.size(changed);
            }
        });
    }

    /** Leaves at once, whatever the state of the connection. */
    public void leave() {
        outcome.complete(new Outcome(Outcome.How.LEFT, ""));
    }

    /** Closes the connection and takes the status line away; takes a second at most, also when the screen is stopped. */
    @Override
    public void close() {
        leave();
        lane.end(CLOSE_LIMIT, screen::end);
        channel.ifPresent(open -> open.close(GOING, ""));
    }

    private void tick() {
        if (outcome.isDone()) {
            return;
        }
        long now = clock.getAsLong();
        OptionalLong oldest = conversation.oldestTyped();
        Optional<Duration> question = watch.tick(now, wall.getAsLong(), oldest);
        channel.ifPresent(open -> question.ifPresent(open::probe));
        conversation.tick();
        troubles.typed(oldest, now, wall.getAsLong());
        showStatus(now);
    }

    private void tell(String text) {
        if (!screen.notice(text)) {
            troubles.announce(text, clock.getAsLong());
        }
    }

    private void showStatus(long now) {
        Optional<StatusLine> line = troubles.line(now);
        if (line.isPresent()) {
            statusShown = true;
            screen.status(line.get());
        } else if (statusShown) {
            statusShown = false;
            if (screen.clearStatus("the session goes on")) {
                repaint();
            }
        }
    }

    private void repaint() {
        conversation.shrink();
        lane.after(REPAINT_PAUSE, conversation::regrow);
    }

    private void connect() {
        troubles.trying();
        dialer.dial(streamUrl, new Intake(lane, new Connection()));
    }

    private boolean write(AgentMessage message) {
        return channel.map(open -> open.send(ByteBuffer.wrap(message.encode()))).orElse(false);
    }

    private void tryAgain(String cause) {
        Optional<Duration> pause = retries.next(clock.getAsLong());
        if (pause.isEmpty()) {
            lost("No connection for %d minutes: %s".formatted(giveUp.toMinutes(), cause));
            return;
        }
        long now = clock.getAsLong();
        troubles.linkLost(cause, OptionalLong.of(now + pause.get().toMillis()), now, wall.getAsLong());
        lane.after(pause.get(), () -> {
            if (!outcome.isDone()) {
                troubles.trying();
                dialer.resume(sessionId, new Resumption());
            }
        });
    }

    private void lost(String why) {
        outcome.complete(new Outcome(Outcome.How.LOST, why));
    }

    /** Events of the connections, on the lane; the next one is only dialled after the last was closed. */
    private final class Connection implements Intake.Events {

        @Override
        public void opened(WebSocketChannel opened) {
            if (outcome.isDone()) {
                opened.close(GOING, "");
                return;
            }
            channel = Optional.of(opened);
            openedAt = clock.getAsLong();
            warned = false;
            watch.heard(openedAt);
            opened.sendText(opening().toJson());
            if (placed) {
                conversation.connected();
            }
            troubles.linkBack(openedAt);
        }

        private OpenChannel opening() {
            OpenChannel ours = OpenChannel.ofClient(UUID.randomUUID(), token, client.id(), Conversation.CLIENT_VERSION)
                    .withNotices();
            return placed ? ours : client.takesOver().map(ours::takingOver).orElse(ours);
        }

        @Override
        public void received(byte[] frame) {
            if (outcome.isDone()) {
                return;
            }
            watch.heard(clock.getAsLong());
            try {
                message(AgentMessage.decode(ByteBuffer.wrap(frame), true));
                retries.progress();
            } catch (MalformedMessageException e) {
                // Once a connection: a peer that sends nothing else must not fill the screen.
                if (!warned) {
                    warned = true;
                    tell("a message from the server was not understood and is left out: " + e.getMessage());
                }
            } catch (IOException e) {
                lost("The output cannot be written: " + e.getMessage());
            }
        }

        /** Who takes a session over is told first where it stands; the server sends that before anything else of the streams. */
        private void message(AgentMessage message) throws MalformedMessageException, IOException {
            if (!message.type().equals(MessageTypes.SESSION_POSITION)) {
                if (placed || !message.type().equals(MessageTypes.OUTPUT_STREAM_DATA)) {
                    conversation.message(message);
                }
            } else if (!placed) {
                conversation.place(SessionPosition.parse(message.payload()));
                placed = true;
                client.taken().run();
                conversation.connected();
                repaint();
            }
        }

        @Override
        public void writable() {
            conversation.writable();
        }

        @Override
        public void closed(String cause) {
            boolean lasted = channel.isPresent() && clock.getAsLong() - openedAt >= STEADY_MILLIS;
            channel = Optional.empty();
            conversation.disconnected();
            if (outcome.isDone()) {
                return;
            }
            if (lasted) {
                retries.progress();
            }
            tryAgain(cause);
        }
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
