package org.sallyport.spi.node;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way for a node to prove what it is with a document that somebody signed, instead of a hybrid activation.
 *
 * <p>Called by the node engine, in a bounded pool, never on a network thread. One service for each way, named by property
 * {@value #METHOD}; the higher {@code service.ranking} serves. Absent, that way is closed; nodes that came in by it work on. Many threads
 * call at once; a call blocks until its deadline at most. The document is hostile until it is verified, and it is a secret: it appears in no
 * log or message.
 */
@ConsumerType
public interface NodeProof {
    /** Service property: name of the way, 1 to 64 letters, digits and hyphens; {@code activation} is taken. */
    String METHOD = "sallyport.node.proof";

    /** Longest document, in characters; the engine refuses longer ones. */
    int MAX_DOCUMENT = 16 * 1024;

    /**
     * What a node shows.
     *
     * @param document as the way defines it
     * @param sourceAddress where the node asks from, in text form
     */
    record Shown(String document, String sourceAddress) {
        @Override
        public String toString() {
            return "Shown[from " + sourceAddress + "]";
        }
    }

    /**
     * What is proven.
     *
     * @param subject who the node is to this way, at most 512 characters, for people
     * @param nodeId the id that the node must get, {@code i-} and 8 or 17 hexadecimal digits; empty for a hybrid node. A node of that id that
     *     is there already gets the new key in place of its old one: the way must be sure that it is newer
     * @param role name of the role to act with, or {@value #PROFILE} and the name of an instance profile (111 characters at most): the node
     *     then acts with the role that the profile has when it asks for credentials, or with the default role while it has none. Empty for the
     *     account's default role of cloud instances
     * @param name default name
     * @param tags at most 50
     * @param approval whether a person must let the node in before it works
     * @param receipt is given back to {@link #release}
     */
    record Proven(
            String subject,
            Optional<String> nodeId,
            Optional<String> role,
            Optional<String> name,
            Map<String, String> tags,
            boolean approval,
            String receipt) {
        /** What stands before the name of an instance profile. */
        public static final String PROFILE = "instance-profile/";

        public Proven {
            tags = Map.copyOf(tags);
        }
    }

    /**
     * Verifies a document and uses it up: of any number of calls with one document, one succeeds.
     *
     * @throws org.sallyport.api.error.SallyportException {@code PROOF_REFUSED}, with a text that says what is wrong, without the document
     */
    Proven prove(Shown shown, Instant deadline);

    /** The registration failed after all: the document may be used again. */
    void release(Proven proven, Instant deadline);
}
