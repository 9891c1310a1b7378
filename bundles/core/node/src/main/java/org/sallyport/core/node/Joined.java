package org.sallyport.core.node;

import java.util.Map;
import java.util.Optional;
import org.sallyport.spi.node.NodeAdmission.Admission;

/**
 * What a node gets that was let in, whatever way it came.
 *
 * @param activationId empty text without an activation
 * @param nodeId the id that it must get; empty for a new one
 * @param defaultRole whether the role is the account's default one, so that the node follows its changes
 */
record Joined(
        String provenBy,
        String activationId,
        Optional<String> nodeId,
        Optional<String> subject,
        String role,
        boolean defaultRole,
        Optional<String> name,
        Map<String, String> tags,
        boolean approval) {
    static final String BY_ACTIVATION = "activation";

    static Joined by(Admission admission) {
        return new Joined(
                BY_ACTIVATION,
                admission.activationId(),
                Optional.empty(),
                Optional.empty(),
                admission.role(),
                false,
                admission.name(),
                admission.tags(),
                admission.approval());
    }
}
