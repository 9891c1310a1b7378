package org.sallyport.protocol.handshake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.protocol.handshake.RequestedAction.SessionTypeParameters;
import org.sallyport.protocol.message.MalformedMessageException;

/**
 * The client's side: answers {@link #request}, then {@link #complete} begins the session. Sessions without a handshake begin with the
 * first output of type 1 instead (data-channel specification, section 5.1).
 *
 * <p>One thread at a time.
 */
public final class ClientHandshake {
    /** Where the handshake is. */
    public enum State {
        /** No request came yet. */
        NEW,
        /** The request was answered. */
        ANSWERED,
        /** The node began the session. */
        COMPLETE,
        /** Final. */
        FAILED
    }

    private final String clientVersion;
    private final Set<String> sessionTypes;
    private State state = State.NEW;
    private Optional<String> agentVersion = Optional.empty();
    private Optional<SessionTypeParameters> session = Optional.empty();

    /** @param sessionTypes those that this client can run, for instance {@code Port} */
    public ClientHandshake(String clientVersion, Set<String> sessionTypes) {
        this.clientVersion = clientVersion;
        this.sessionTypes = Set.copyOf(sessionTypes);
    }

    /**
     * Takes a payload of type 5.
     *
     * @return to be sent as payload type 6; an action that is unknown here is answered {@link ActionStatus#UNSUPPORTED}, a session type
     *     that cannot be run {@link ActionStatus#FAILED}
     * @throws HandshakeException when the payload is malformed or a request came before
     */
    public HandshakeResponse request(byte[] payload) throws HandshakeException {
        require(State.NEW, "handshake request");
        try {
            HandshakeRequest request = HandshakeRequest.parse(payload);
            List<ProcessedAction> processed = new ArrayList<>();
            for (RequestedAction action : request.actions()) {
                processed.add(process(action));
            }
            agentVersion = Optional.of(request.agentVersion());
            state = State.ANSWERED;
            List<String> errors = processed.stream()
                    .map(ProcessedAction::error)
                    .filter(error -> !error.isEmpty())
                    .toList();
            return new HandshakeResponse(clientVersion, processed, errors);
        } catch (MalformedMessageException e) {
            throw failed("The node's handshake request cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Takes a payload of type 7.
     *
     * @return with a message for the person, if any
     * @throws HandshakeException when it is malformed, came without a request, or no session type was agreed on
     */
    public HandshakeComplete complete(byte[] payload) throws HandshakeException {
        require(State.ANSWERED, "handshake complete");
        try {
            HandshakeComplete complete = HandshakeComplete.parse(payload);
            if (session.isEmpty()) {
                throw failed("The node began a session of a type that this client cannot run.", null);
            }
            state = State.COMPLETE;
            return complete;
        } catch (MalformedMessageException e) {
            throw failed("The node's handshake complete cannot be read: " + e.getMessage(), e);
        }
    }

    public State state() {
        return state;
    }

    /** Empty until a request was answered. */
    public Optional<String> agentVersion() {
        return agentVersion;
    }

    /** Empty until a request with a type that can be run was answered. */
    public Optional<String> sessionType() {
        return session.map(SessionTypeParameters::sessionType);
    }

    /** Of a port session, from the node; empty for the others. */
    public Map<String, String> properties() {
        return session.map(SessionTypeParameters::properties).map(Map::copyOf).orElse(Map.of());
    }

    private ProcessedAction process(RequestedAction action) throws MalformedMessageException {
        if (!action.type().equals(ActionType.SESSION_TYPE)) {
            return ProcessedAction.refused(
                    action.type(), ActionStatus.UNSUPPORTED, "Unsupported action " + action.type());
        }
        SessionTypeParameters asked = SessionTypeParameters.parse(action.parameters());
        if (!sessionTypes.contains(asked.sessionType())) {
            return ProcessedAction.refused(
                    action.type(), ActionStatus.FAILED, "Unknown session type " + asked.sessionType());
        }
        if (session.isPresent()) {
            throw new MalformedMessageException("two session types in one handshake request");
        }
        session = Optional.of(asked);
        return ProcessedAction.success(action.type());
    }

    private void require(State expected, String what) throws HandshakeException {
        if (state != expected) {
            throw new HandshakeException("The node sent a %s out of turn.".formatted(what));
        }
    }

    private HandshakeException failed(String message, Throwable cause) {
        state = State.FAILED;
        session = Optional.empty();
        return new HandshakeException(message, cause);
    }
}
