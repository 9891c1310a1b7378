package org.sallyport.cli.session;

import java.io.IOException;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.sallyport.protocol.handshake.ClientHandshake;
import org.sallyport.protocol.handshake.HandshakeException;
import org.sallyport.protocol.message.Acknowledge;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.ChannelClosed;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.Messages;
import org.sallyport.protocol.message.PayloadType;
import org.sallyport.protocol.message.SessionNotice;
import org.sallyport.protocol.message.SessionPosition;
import org.sallyport.protocol.message.TerminalSize;
import org.sallyport.protocol.stream.StreamReceiver;
import org.sallyport.protocol.stream.StreamSettings;

/**
 * What client and node say to each other, over all connections of the session (data-channel specification, sections 3 to 6). On the
 * session's lane only.
 */
final class Conversation {
    /** What this client says it is: the session-manager-plugin whose conduct it has; nodes and servers compare it. */
    static final String CLIENT_VERSION = "1.2.677.0";

    private static final Set<String> SHELLS =
            Set.of("Standard_Stream", "InteractiveCommands", "NonInteractiveCommands");

    private final Screen screen;
    private final Outbox outbox;
    private final Predicate<AgentMessage> wire;
    private final CompletableFuture<Outcome> outcome;
    private final LongSupplier clock;
    private final Notices notices;
    private final ClientHandshake handshake = new ClientHandshake(CLIENT_VERSION, SHELLS);
    private StreamReceiver receiver = new StreamReceiver(StreamSettings.forClient());
    private TerminalSize size;
    private boolean shrunk;

    Conversation(
            Screen screen,
            Outbox outbox,
            Predicate<AgentMessage> wire,
            CompletableFuture<Outcome> outcome,
            LongSupplier clock,
            Notices notices) {
        this.screen = screen;
        this.outbox = outbox;
        this.wire = wire;
        this.outcome = outcome;
        this.clock = clock;
        this.notices = notices;
    }

    /** Nothing is taken and nothing sent until {@link #place}: another client had the session before. */
    void unplaced() {
        outbox.unplaced();
    }

    /** The session goes on from there. */
    void place(SessionPosition position) {
        receiver = new StreamReceiver(StreamSettings.forClient(), position.output());
        outbox.place(position.input());
    }

    void keys(byte[] chunk) {
        notices.typed();
        // What is typed is meant for the window that the person sees.
        regrow();
        outbox.keys(chunk);
    }

    void size(TerminalSize now) {
        size = now;
        shrunk = false;
        outbox.size(now);
    }

    /** Has a program at the other end paint its picture anew: that is what it does when its window changes. */
    void shrink() {
        shrunk = true;
        outbox.size(new TerminalSize(size.columns(), Math.max(1, size.rows() - 1)));
    }

    /** The size as it is, after {@link #shrink}; nothing when it was told since. */
    void regrow() {
        if (shrunk) {
            size(size);
        }
    }

    OptionalLong oldestTyped() {
        return outbox.oldest();
    }

    void connected() {
        outbox.connected();
    }

    void disconnected() {
        outbox.disconnected();
    }

    void writable() {
        outbox.writable();
    }

    void tick() {
        outbox.tick();
        if (outbox.exhausted()) {
            lost("The node is connected and takes nothing of what was typed.");
        }
    }

    /**
     * Takes a message from the server.
     *
     * @throws MalformedMessageException its payload cannot be read; the message is left out
     * @throws IOException the screen failed
     */
    void message(AgentMessage message) throws MalformedMessageException, IOException {
        switch (message.type()) {
            case MessageTypes.OUTPUT_STREAM_DATA -> {
                StreamReceiver.Received received = receiver.frame(message);
                for (AgentMessage one : received.deliver()) {
                    show(one);
                }
                // Acknowledged only when it is on the screen: that is what slows a node down (section 3.6).
                for (AgentMessage one : received.acknowledge()) {
                    wire.test(Messages.acknowledge(one, UUID.randomUUID(), clock.getAsLong()));
                }
            }
            case MessageTypes.ACKNOWLEDGE ->
                outbox.acknowledged(Acknowledge.parse(message.payload()).sequenceNumber());
            case MessageTypes.CHANNEL_CLOSED -> {
                String text = reason(message);
                outcome.complete(new Outcome(text.isEmpty() ? Outcome.How.ENDED : Outcome.How.CLOSED, text));
            }
            case MessageTypes.SESSION_NOTICE -> notices.take(SessionNotice.parse(message.payload()));
            default -> {
                // start_publication and its kind are for nodes; a client ignores what it does not know.
            }
        }
    }

    /** Whatever the payload is, the session is over (section 3.8). */
    private static String reason(AgentMessage closed) {
        try {
            return ChannelClosed.parse(closed.payload()).output();
        } catch (MalformedMessageException e) {
            return "";
        }
    }

    private void show(AgentMessage message) throws IOException {
        switch (message.payloadType()) {
            case PayloadType.OUTPUT -> screen.output(message.payload());
            case PayloadType.STDERR -> screen.error(message.payload());
            case PayloadType.HANDSHAKE_REQUEST, PayloadType.HANDSHAKE_COMPLETE -> shakeHands(message);
            default -> {
                // Nothing else is text for a person.
            }
        }
    }

    private void shakeHands(AgentMessage message) {
        try {
            if (message.payloadType() == PayloadType.HANDSHAKE_REQUEST) {
                outbox.urgent(
                        PayloadType.HANDSHAKE_RESPONSE,
                        handshake.request(message.payload()).toJson());
                return;
            }
            String forPerson = handshake.complete(message.payload()).customerMessage();
            if (!forPerson.isEmpty()) {
                screen.notice(forPerson);
            }
            // What came before was thrown away by the node (section 5.2).
            outbox.size(size);
        } catch (HandshakeException e) {
            lost(e.getMessage());
        }
    }

    private void lost(String why) {
        outcome.complete(new Outcome(Outcome.How.LOST, why));
    }
}
