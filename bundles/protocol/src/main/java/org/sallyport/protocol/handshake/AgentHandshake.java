package org.sallyport.protocol.handshake;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.protocol.message.MalformedMessageException;

/**
 * The node's side: {@link #start}, then {@link #response}, then the session. Until it is {@link State#COMPLETE} stream data from the
 * client is acknowledged and thrown away.
 *
 * <p>One thread at a time. All times are milliseconds of one clock.
 */
public final class AgentHandshake {
    /** How long the client has to answer. */
    public static final Duration TIME_LIMIT = Duration.ofSeconds(15);

    private static final String TIMED_OUT =
            "Handshake timed out. Please ensure that you have the latest version of the session manager plugin.";

    /** Where the handshake is. */
    public enum State {
        /** Nothing was sent. */
        NEW,
        /** The request was made, the answer is awaited. */
        REQUESTED,
        /** The client did all that was asked. */
        COMPLETE,
        /** The client refused, answered nonsense or was too late; final. */
        FAILED
    }

    private final HandshakeRequest request;
    private State state = State.NEW;
    private long startedAt;
    private Optional<String> clientVersion = Optional.empty();

    /** @param properties of a port session, empty for the others */
    public AgentHandshake(String agentVersion, String sessionType, Map<String, String> properties) {
        request = new HandshakeRequest(agentVersion, List.of(RequestedAction.sessionType(sessionType, properties)));
    }

    /** The request to send as payload type 5, once. */
    public HandshakeRequest start(long now) {
        if (state != State.NEW) {
            throw new IllegalStateException("the handshake was started already");
        }
        startedAt = now;
        state = State.REQUESTED;
        return request;
    }

    /**
     * Takes a payload of type 6.
     *
     * @return to be sent as payload type 7, after which the session begins
     * @throws HandshakeException when the client did not do what was asked, when the payload is malformed, or nothing was asked; also
     *     for a second answer, which changes nothing
     */
    public HandshakeComplete response(byte[] payload, long now) throws HandshakeException {
        if (state != State.REQUESTED) {
            throw new HandshakeException("The client sent a handshake response that was not expected.");
        }
        tick(now);
        try {
            HandshakeResponse response = HandshakeResponse.parse(payload);
            for (RequestedAction asked : request.actions()) {
                requireDone(asked.type(), response);
            }
            clientVersion = Optional.of(response.clientVersion());
        } catch (MalformedMessageException e) {
            state = State.FAILED;
            throw new HandshakeException("The client's handshake response cannot be read: " + e.getMessage(), e);
        }
        state = State.COMPLETE;
        return new HandshakeComplete(Duration.ofMillis(Math.max(0, now - startedAt)), "");
    }

    /** @throws HandshakeException when the client's time is over */
    public void tick(long now) throws HandshakeException {
        if (state == State.REQUESTED && now - startedAt >= TIME_LIMIT.toMillis()) {
            state = State.FAILED;
            throw new HandshakeException(TIMED_OUT);
        }
    }

    public State state() {
        return state;
    }

    /** Empty until the handshake is complete. */
    public Optional<String> clientVersion() {
        return clientVersion;
    }

    private void requireDone(String type, HandshakeResponse response) throws HandshakeException {
        List<ProcessedAction> answers = response.actions().stream()
                .filter(action -> action.type().equals(type))
                .toList();
        boolean done = !answers.isEmpty() && answers.stream().allMatch(a -> a.status() == ActionStatus.SUCCESS);
        if (!done) {
            state = State.FAILED;
            String error =
                    answers.stream().map(ProcessedAction::error).findFirst().orElse("no answer");
            throw new HandshakeException("The client could not process action %s: %s".formatted(type, error));
        }
    }
}
