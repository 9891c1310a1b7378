package org.sallyport.api.node;

import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.Principal;

/**
 * What people do with nodes. Each call asks the decision point first, on the node's ARN. Any thread; blocks for the store. All throw
 * {@code NODE_UNKNOWN}.
 */
@ProviderType
public interface NodeLife {

    /**
     * Removes a node ({@code ssm:DeregisterManagedInstance}): its sessions end with cause {@code NODE_REMOVED}, its credentials and key are
     * void, its control channel is closed. What cannot be done at once, because a service is away, is done later.
     */
    void deregister(Principal caller, String nodeId);

    /**
     * Makes a node act with another role ({@code ssm:UpdateManagedInstanceRole} and {@code iam:PassRole}) from its next credentials on; those of
     * the old one last an hour at most. Throws {@code ROLE_UNKNOWN}.
     */
    void changeRole(Principal caller, String nodeId, String role);

    /** Lets a node in that waits ({@code sallyport:ApproveManagedInstance}). Succeeds for one that is in already. */
    void approve(Principal caller, String nodeId);

    /**
     * Says that another machine is the node now ({@code sallyport:DecideManagedInstanceMachine}): the one before is asked about when it comes
     * back. Its credentials are void and its control channel is closed. Throws {@code MACHINE_UNKNOWN} when another one asked last.
     */
    void acceptMachine(Principal caller, String nodeId, String fingerprint);

    /** Says that another machine is not the node ({@code sallyport:DecideManagedInstanceMachine}); it is not asked about again. Throws {@code MACHINE_UNKNOWN}. */
    void refuseMachine(Principal caller, String nodeId, String fingerprint);
}
