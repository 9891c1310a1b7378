package org.sallyport.api.node;

import java.time.Instant;
import java.util.Optional;

/**
 * How a node came in and whether anything is asked of a person.
 *
 * @param state whether it may work
 * @param provenBy how it proved what it is: {@code activation}, or the name of a way of proof
 * @param subject who it is to that way of proof, for instance a service account; empty for activations
 * @param registeredFrom address of its registration; empty when not known
 * @param otherMachine another machine that showed this node's key; empty when there is none or somebody decided
 */
public record NodeStanding(
        State state,
        String provenBy,
        Optional<String> subject,
        Optional<String> registeredFrom,
        Optional<OtherMachine> otherMachine) {
    /** A node by activation that works and asks nothing. */
    public static final NodeStanding PLAIN =
            new NodeStanding(State.ACTIVE, "activation", Optional.empty(), Optional.empty(), Optional.empty());

    /** Whether a node may work. */
    public enum State {
        /** It may. */
        ACTIVE,
        /** It waits for a person's approval and gets no credentials. */
        PENDING,
        /** It was deregistered, and what it had is being ended. */
        LEAVING
    }

    /**
     * A machine with another fingerprint than the node's; it gets no credentials until somebody decides.
     *
     * @param seen when it asked last
     * @param refused whether a person said that it is not the node
     */
    public record OtherMachine(String fingerprint, String sourceAddress, Instant seen, boolean refused) {}
}
