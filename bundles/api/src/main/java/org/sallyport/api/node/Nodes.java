package org.sallyport.api.node;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.AccessKeys.TemporaryCredentials;
import org.sallyport.api.access.Principal;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

/** Managed nodes. Each call that has a caller asks the decision point first. Any thread; blocks for the store. */
@ProviderType
public interface Nodes {

    /**
     * A node's request to join.
     *
     * @param activationId empty text, as the code, with a proof
     * @param publicKey DER SubjectPublicKeyInfo, base64
     * @param publicKeyType {@code Rsa}
     * @param fingerprint the node's own UUID for its machine
     * @param sourceAddress where the request came from
     */
    record Registration(
            String activationId,
            String activationCode,
            String publicKey,
            String publicKeyType,
            String fingerprint,
            String sourceAddress,
            Optional<Proof> proof) {

        /**
         * A document in place of an activation. {@code toString} hides it.
         *
         * @param method name of the way of proof
         * @param document as that way defines it, at most 16,384 characters
         */
        public record Proof(String method, String document) {
            @Override
            public String toString() {
                return "Proof[" + method + "]";
            }
        }

        public Registration(
                String activationId,
                String activationCode,
                String publicKey,
                String publicKeyType,
                String fingerprint,
                String sourceAddress) {
            this(activationId, activationCode, publicKey, publicKeyType, fingerprint, sourceAddress, Optional.empty());
        }

        /** What was shown, without secrets: the activation's id or the way of proof. */
        public String shown() {
            return proof.map(Proof::method).orElse(activationId);
        }

        @Override
        public String toString() {
            return "Registration[" + shown() + "]";
        }
    }

    /** How a filter compares; all but {@code EQUAL} are of {@link #properties} alone. Without a letter's case nothing is equal. */
    enum Operator {
        EQUAL,
        NOT_EQUAL,
        BEGIN_WITH,
        /** In the order of the text's characters. */
        LESS_THAN,
        GREATER_THAN
    }

    /**
     * A filter of {@link #list}; all must match, within one any of the values ({@code NOT_EQUAL}: none of them).
     *
     * @param key {@code InstanceIds}, {@code PingStatus}, {@code PlatformTypes}, {@code AgentVersion}, {@code ActivationIds}, {@code IamRole},
     *     {@code ResourceType}, {@code AssociationStatus} (nodes have none), {@code SourceIds}, {@code SourceTypes}, {@code tag:<key>},
     *     {@code tag-key}, {@code State} ({@link NodeStanding.State}; without it nodes that wait or leave are not listed), {@code Question}
     *     ({@code Machine}), or {@code Text} (all of the values, without case, anywhere in id, name, computer name, address, platform or
     *     agent version)
     */
    record Filter(String key, List<String> values, Operator operator) {
        public Filter(String key, List<String> values) {
            this(key, values, Operator.EQUAL);
        }
    }

    /**
     * Admits a node without a caller: the activation is the proof, or a document is. Returns the node id. Throws {@code ACTIVATION_REFUSED},
     * {@code PROOF_REFUSED}, {@code ROLE_UNKNOWN}, {@code PUBLIC_KEY_REFUSED}, {@code NODE_LIMIT}.
     */
    String register(Registration registration);

    /**
     * Role credentials for a node that signed with its own key. Throws {@code FINGERPRINT_MISMATCH}, {@code NODE_PENDING},
     * {@code ACCESS_DENIED}.
     *
     * @param sourceAddress where the request came from
     */
    TemporaryCredentials roleCredentials(Principal nodeKey, String fingerprint, String sourceAddress);

    /** Takes a node's new public key ({@code ssm:UpdateManagedInstancePublicKey}), signed with the old one. */
    void rotateKey(Principal nodeKey, String publicKey, String publicKeyType);

    /** A heartbeat ({@code ssm:UpdateInstanceInformation}). */
    void heartbeat(Principal caller, String nodeId, NodeReport report);

    /** Nodes that match, by id ({@code ssm:DescribeInstanceInformation}). Throws {@code FILTER_UNKNOWN}, {@code FILTER_VALUE}. */
    Page<NodeInfo> list(Principal caller, List<Filter> filters, PageRequest page);

    /** Nodes that match, by id ({@code ssm:DescribeInstanceProperties}). Throws {@code FILTER_UNKNOWN}, {@code PROPERTY_FILTER_VALUE}. */
    Page<NodeInfo> properties(Principal caller, List<Filter> filters, PageRequest page);

    /** Whether the control channel is open ({@code ssm:GetConnectionStatus}); false for unknown nodes. */
    boolean connected(Principal caller, String nodeId);

    /** Looks a node up for another core bundle that has already asked the decision point. */
    Optional<NodeInfo> find(String nodeId);
}
