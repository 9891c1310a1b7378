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
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.OpenChannel;
import org.sallyport.protocol.message.SessionPosition;
import org.sallyport.protocol.message.TerminalSize;
import org.sallyport.protocol.stream.StreamSettings;

/**
 * The client's end of a shell session (data-channel specification, sections 2, 3 and 6): keeps it connected. {@link Conversation} knows
 * what is said, {@link Uplink} how the server is reached. All state is on one lane, a thread of its own; network and keyboard post to it.
 * What was not acknowledged when a connection was lost is sent once more. Public methods: any thread.
 */
public final class ShellSession implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);
    private static final int KEY_PLACES = 64;

    /** Between the two sizes that have a program paint anew: one that had not heard of the first would see no change. */
    private static final Duration REPAINT_PAUSE = Duration.ofMillis(300);

    private final Screen screen;
    private final LongSupplier clock;
    private final LongSupplier wall;
    private final Client client;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final Room room = new Room(KEY_PLACES);
    private final Lane lane = new Lane(failure -> lost("An unexpected failure: " + failure));
    private final Troubles troubles = new Troubles(ZoneId.systemDefault());
    private final Uplink uplink;
    private final LinkWatch watch;
    private final Conversation conversation;

    private TerminalSize size;
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
        this.client = client;
        this.placed = client.takesOver().isEmpty();
        this.screen = screen;
        this.size = size;
        this.clock = settings.steady();
        this.wall = settings.wall();
        this.uplink = new Uplink(sessionId, dialer, lane, settings, outcome, new Connection());
        this.watch = new LinkWatch(clock.getAsLong(), wall.getAsLong());
        Notices notices = new Notices(
                (text, seconds) -> troubles.nodeAway(text, seconds, clock.getAsLong(), wall.getAsLong()),
                () -> troubles.nodeBack(clock.getAsLong()),
                this::tell,
                text -> outcome.complete(new Outcome(Outcome.How.MOVED, text)));
        Outbox outbox = new Outbox(settings.stream(), room, uplink::send, clock);
        this.conversation = new Conversation(screen, outbox, uplink::send, outcome, clock, notices);
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
            conversation.size(size);
            troubles.connecting(clock.getAsLong(), wall.getAsLong());
            uplink.begin(startToken, channelUrl);
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
        uplink.close();
    }

    private void tick() {
        if (outcome.isDone()) {
            return;
        }
        long now = clock.getAsLong();
        OptionalLong oldest = conversation.oldestTyped();
        Optional<Duration> question = watch.tick(now, wall.getAsLong(), oldest);
        question.ifPresent(uplink::probe);
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

    private void lost(String why) {
        outcome.complete(new Outcome(Outcome.How.LOST, why));
    }

    /** What the connections bring. */
    private final class Connection implements Uplink.Events {

        @Override
        public void trying() {
            troubles.trying();
        }

        @Override
        public void opened(String token, long now) {
            warned = false;
            watch.heard(now);
            uplink.sendText(opening(token).toJson());
            if (placed) {
                conversation.connected();
            }
            troubles.linkBack(now);
        }

        private OpenChannel opening(String token) {
            OpenChannel ours = OpenChannel.ofClient(UUID.randomUUID(), token, client.id(), Conversation.CLIENT_VERSION)
                    .withNotices();
            return placed ? ours : client.takesOver().map(ours::takingOver).orElse(ours);
        }

        @Override
        public void received(byte[] frame) {
            watch.heard(clock.getAsLong());
            try {
                message(AgentMessage.decode(ByteBuffer.wrap(frame), true));
                uplink.progress();
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
        public void down() {
            conversation.disconnected();
        }

        @Override
        public void waiting(String cause, long nextTry, long now) {
            troubles.linkLost(cause, OptionalLong.of(nextTry), now, wall.getAsLong());
        }
    }
}
