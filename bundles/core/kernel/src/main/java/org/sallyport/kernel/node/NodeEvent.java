package org.sallyport.kernel.node;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.access.Principal;

/**
 * Something that happened to a node or an activation and that an operator or an auditor wants to know.
 *
 * @param by who did it; empty for a node that proved itself and for the server itself
 * @param subject id of the node or activation, or of the setting; as given when it is not known, cleaned and cut
 * @param sourceAddress where the request came from; empty when nobody asked
 * @param details more of it, without secrets, by names such as {@code activation}, {@code fingerprint} or {@code role}
 */
public record NodeEvent(
        Kind kind,
        Instant at,
        Optional<Principal> by,
        String subject,
        String sourceAddress,
        Map<String, String> details) {

    /** What happened. */
    public enum Kind {
        /** A node registered; detail {@code activation} or {@code proof} says by what. */
        REGISTERED,
        /** A registration was refused; detail {@code reason}. */
        REGISTRATION_REFUSED,
        /** A person let a waiting node in. */
        APPROVED,
        /** A node was removed by a person. */
        DEREGISTERED,
        /** A node was removed since nothing was heard of it for too long. */
        REAPED,
        /** A node acts with another role. */
        ROLE_CHANGED,
        /** A node showed the fingerprint of another machine and gets no credentials until somebody decides. */
        MACHINE_DIFFERS,
        /** A person decided that the other machine is the node. */
        MACHINE_ACCEPTED,
        /** A person decided that the other machine is not the node. */
        MACHINE_REFUSED,
        /** A second control channel from another address; detail {@code decision}. */
        SECOND_CHANNEL,
        /** An activation was made. */
        ACTIVATION_CREATED,
        /** An activation was deleted. */
        ACTIVATION_DELETED,
        /** A setting of the account is another; details {@code from} and {@code to}. */
        SETTING_CHANGED
    }

    public NodeEvent {
        details = Map.copyOf(details);
    }
}
