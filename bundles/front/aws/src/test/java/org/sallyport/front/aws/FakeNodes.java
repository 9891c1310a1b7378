package org.sallyport.front.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.access.AccessKeys.TemporaryCredentials;
import org.sallyport.api.access.Principal;
import org.sallyport.api.node.NodeInfo;
import org.sallyport.api.node.NodeReport;
import org.sallyport.api.node.Nodes;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

/** One node, and what it was asked for. */
final class FakeNodes implements Nodes {
    static final String ID = "mi-0123456789abcdef0";

    Registration registration;
    NodeReport report;
    List<Filter> filters = new ArrayList<>();
    RuntimeException failure;

    @Override
    public String register(Registration registration) {
        this.registration = registration;
        return ID;
    }

    @Override
    public TemporaryCredentials roleCredentials(Principal nodeKey, String fingerprint, String sourceAddress) {
        return new TemporaryCredentials(
                "ASIAEXAMPLEEXAMPLE00", "secret", "token", Instant.parse("2026-03-01T13:00:00Z"));
    }

    @Override
    public void rotateKey(Principal nodeKey, String publicKey, String publicKeyType) {
        // nothing is asked of it afterwards
    }

    @Override
    public void heartbeat(Principal caller, String nodeId, NodeReport report) {
        this.report = report;
    }

    @Override
    public Page<NodeInfo> list(Principal caller, List<Filter> filters, PageRequest page) {
        this.filters = filters;
        NodeReport report = new NodeReport(
                "amazon-ssm-agent", "3.3.0.0", "Active", "cellar", "192.0.2.9", "Linux", "Debian GNU/Linux", "12");
        NodeInfo known = new NodeInfo(
                ID,
                Optional.of("cellar"),
                FakeActivations.ID,
                "SSMServiceRole",
                Instant.parse("2026-03-01T12:00:00Z"),
                Optional.of(Instant.parse("2026-03-01T12:05:00Z")),
                true,
                Optional.of(report),
                Map.of());
        NodeInfo fresh = new NodeInfo(
                "i-0123456789abcdef1",
                Optional.empty(),
                "",
                "SSMServiceRole",
                Instant.parse("2026-03-01T12:00:00Z"),
                Optional.empty(),
                false,
                Optional.empty(),
                Map.of());
        return new Page<>(List.of(known, fresh), Optional.empty());
    }

    @Override
    public Page<NodeInfo> properties(Principal caller, List<Filter> filters, PageRequest page) {
        return list(caller, filters, page);
    }

    @Override
    public boolean connected(Principal caller, String nodeId) {
        if (failure != null) {
            throw failure;
        }
        return nodeId.equals(ID);
    }

    @Override
    public Optional<NodeInfo> find(String nodeId) {
        return Optional.empty();
    }
}
