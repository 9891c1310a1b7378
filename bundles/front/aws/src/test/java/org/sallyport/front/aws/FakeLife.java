package org.sallyport.front.aws;

import java.util.ArrayList;
import java.util.List;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.node.NodeLife;

/** Writes down what is done with the one node. */
final class FakeLife implements NodeLife {
    final List<String> done = new ArrayList<>();

    @Override
    public void deregister(Principal caller, String nodeId) {
        note("deregister", nodeId, "");
    }

    @Override
    public void changeRole(Principal caller, String nodeId, String role) {
        note("role", nodeId, role);
    }

    @Override
    public void approve(Principal caller, String nodeId) {
        note("approve", nodeId, "");
    }

    @Override
    public void acceptMachine(Principal caller, String nodeId, String fingerprint) {
        note("accept", nodeId, fingerprint);
    }

    @Override
    public void refuseMachine(Principal caller, String nodeId, String fingerprint) {
        note("refuse", nodeId, fingerprint);
    }

    private void note(String what, String nodeId, String more) {
        if (!nodeId.equals(FakeNodes.ID)) {
            throw new SallyportException(NodeError.NODE_UNKNOWN, "no node " + nodeId);
        }
        done.add((what + " " + more).strip());
    }
}
