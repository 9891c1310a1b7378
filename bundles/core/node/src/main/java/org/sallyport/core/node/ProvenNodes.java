package org.sallyport.core.node;

import java.util.Optional;
import java.util.function.Function;
import org.sallyport.api.access.AccessKeys;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.node.Nodes.Registration;
import org.sallyport.api.node.ServiceSettings;
import org.sallyport.kernel.access.NodeRoles;
import org.sallyport.kernel.access.NodeRoles.NodeRole;
import org.sallyport.spi.node.NodeProof;
import org.sallyport.spi.node.NodeProof.Proven;
import org.sallyport.spi.node.NodeProof.Shown;

/** Nodes that prove what they are by a document: what the adapter says of one is held against this server's own rules. */
final class ProvenNodes {
    private static final int MAX_SUBJECT = 512;

    /** What a node's row keeps for a role. */
    private static final int MAX_ROLE = 128;

    private final ProofCalls calls;
    private final AccessKeys keys;
    private final NodeRoles roles;
    private final SettingTable settings;
    private final Channels channels;

    /** How a node's control channel is closed. */
    @FunctionalInterface
    interface Channels {
        void close(String nodeId);
    }

    ProvenNodes(ProofCalls calls, AccessKeys keys, NodeRoles roles, SettingTable settings, Channels channels) {
        this.calls = calls;
        this.keys = keys;
        this.roles = roles;
        this.settings = settings;
        this.channels = channels;
    }

    /** @param registration what is done with who was let in; when it fails, the document may be used again */
    String admit(Registration wanted, Function<Joined, String> registration) {
        Registration.Proof proof = wanted.proof().orElseThrow();
        if (proof.document().length() > NodeProof.MAX_DOCUMENT) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT,
                    "The document has more than " + NodeProof.MAX_DOCUMENT + " characters.");
        }
        Proven proven = calls.prove(proof.method(), new Shown(proof.document(), wanted.sourceAddress()));
        try {
            return registration.apply(joined(proof.method(), proven));
        } catch (RuntimeException e) {
            calls.release(proof.method(), proven);
            throw e;
        }
    }

    /** The instance has another key now: what was issued to the one before is void. */
    void replaced(String nodeId) {
        keys.revokeNode(nodeId);
        channels.close(nodeId);
    }

    /**
     * The role to act with now. An instance profile stays in the node's row by its name, so a change of its role counts from the next credentials on.
     *
     * @param kept what the row has: the name of a role, or {@code instance-profile/} and a profile's
     */
    String acting(String kept) {
        return profile(kept)
                .map(name -> roles.ofInstanceProfile(name).map(NodeRole::name).orElseGet(this::defaultRole))
                .orElse(kept);
    }

    private static Optional<String> profile(String kept) {
        return kept.startsWith(Proven.PROFILE)
                ? Optional.of(kept.substring(Proven.PROFILE.length()))
                : Optional.empty();
    }

    private Joined joined(String method, Proven proven) {
        String subject = NodeText.clean(proven.subject(), MAX_SUBJECT);
        boolean foreign = proven.nodeId()
                .filter(id -> !NodeIds.valid(id) || NodeIds.hybrid(id))
                .isPresent();
        if (foreign || proven.tags().size() > TagRules.MOST) {
            throw new SallyportException(
                    CommonError.INTERNAL,
                    "The adapter of " + method + " gives " + subject + " an id or tags that no node has.");
        }
        TagRules.check(proven.tags());
        return new Joined(
                method,
                "",
                proven.nodeId(),
                Optional.of(subject),
                role(proven),
                proven.role().isEmpty(),
                proven.name().map(NodeText::clean),
                proven.tags(),
                proven.approval());
    }

    private String role(Proven proven) {
        String role = proven.role().orElseGet(this::defaultRole);
        if (role.length() > MAX_ROLE || keys.roleArn(acting(role)).isEmpty()) {
            throw new SallyportException(
                    NodeError.ROLE_UNKNOWN, "There is no role " + NodeText.clean(role) + " for this node to act with.");
        }
        return role;
    }

    private String defaultRole() {
        return settings.defaultRole()
                .orElseThrow(() -> new SallyportException(
                        NodeError.PROOF_REFUSED,
                        "No role is configured for this node, and the account has no default role; set "
                                + ServiceSettings.DEFAULT_ROLE + "."));
    }
}
