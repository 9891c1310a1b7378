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
            String sourceAddress) {
        @Override
        public String toString() {
            return "Registration[" + activationId + "]";
        }
    }

    /** A filter of {@link #list}: {@code InstanceIds}, {@code PingStatus}, {@code PlatformTypes}, {@code AgentVersion}, {@code ActivationIds}, {@code IamRole}, {@code ResourceType}, {@code tag:<key>} or {@code Text} (all of the values, without case, anywhere in id, name, computer name, address, platform or agent version). */
    record Filter(String key, List<String> values) {}

    /** Admits a node without a caller: the activation is the proof. Returns the node id. Throws {@code ACTIVATION_REFUSED}, {@code PUBLIC_KEY_REFUSED}, {@code NODE_LIMIT}. */
    String register(Registration registration);

    /** Role credentials for a node that signed with its own key. Throws {@code FINGERPRINT_MISMATCH}, {@code ACCESS_DENIED}. */
    TemporaryCredentials roleCredentials(Principal nodeKey, String fingerprint);

    /** Takes a node's new public key ({@code ssm:UpdateManagedInstancePublicKey}), signed with the old one. */
    void rotateKey(Principal nodeKey, String publicKey, String publicKeyType);

    /** A heartbeat ({@code ssm:UpdateInstanceInformation}). */
    void heartbeat(Principal caller, String nodeId, NodeReport report);

    /** Nodes that match ({@code ssm:DescribeInstanceInformation}). */
    Page<NodeInfo> list(Principal caller, List<Filter> filters, PageRequest page);

    /** Whether the control channel is open ({@code ssm:GetConnectionStatus}); false for unknown nodes. */
    boolean connected(Principal caller, String nodeId);

    /** Looks a node up for another core bundle that has already asked the decision point. */
    Optional<NodeInfo> find(String nodeId);
}
