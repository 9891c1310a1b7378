package org.sallyport.front.console.api;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.api.access.AccessKeys.TemporaryCredentials;
import org.sallyport.api.access.Principal;
import org.sallyport.api.node.Activation;
import org.sallyport.api.node.Activations;
import org.sallyport.api.node.NodeInfo;
import org.sallyport.api.node.NodeLife;
import org.sallyport.api.node.NodeReport;
import org.sallyport.api.node.NodeUsage;
import org.sallyport.api.node.Nodes;
import org.sallyport.api.node.ResourceTags;
import org.sallyport.api.node.ServiceSettings;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

/** One node, one activation, their settings and hours. */
final class FakeNodes {
    private final FakeServices all;

    FakeNodes(FakeServices all) {
        this.all = all;
    }

    Nodes nodes() {
        return new Nodes() {
            @Override
            public Page<NodeInfo> list(Principal caller, List<Filter> wanted, PageRequest page) {
                all.filters.addAll(wanted);
                return all.ask(
                        caller,
                        () -> new Page<>(
                                all.nodes.stream()
                                        .filter(node -> wanted.stream()
                                                .filter(filter -> filter.key().equals("InstanceIds"))
                                                .allMatch(filter ->
                                                        filter.values().contains(node.id())))
                                        .toList(),
                                Optional.empty()));
            }

            @Override
            public Page<NodeInfo> properties(Principal caller, List<Filter> wanted, PageRequest page) {
                throw new UnsupportedOperationException();
            }

            @Override
            public String register(Registration registration) {
                throw new UnsupportedOperationException();
            }

            @Override
            public TemporaryCredentials roleCredentials(Principal nodeKey, String fingerprint, String sourceAddress) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void rotateKey(Principal nodeKey, String publicKey, String publicKeyType) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void heartbeat(Principal caller, String nodeId, NodeReport report) {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean connected(Principal caller, String nodeId) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<NodeInfo> find(String nodeId) {
                throw new UnsupportedOperationException();
            }
        };
    }

    Activations activations() {
        return new Activations() {
            private Activation activation(NewActivation wanted) {
                return new Activation(
                        FakeServices.ACTIVATION,
                        wanted.description(),
                        wanted.defaultInstanceName(),
                        wanted.role(),
                        wanted.limit(),
                        0,
                        Instant.EPOCH,
                        wanted.expires().orElse(Instant.EPOCH),
                        wanted.tags());
            }

            @Override
            public Created create(Principal caller, NewActivation wanted) {
                return all.ask(caller, () -> {
                    all.change("create", wanted);
                    return new Created(activation(wanted), "code-once");
                });
            }

            @Override
            public Page<Activation> list(Principal caller, List<Filter> wanted, PageRequest page) {
                NewActivation made =
                        new NewActivation("", Optional.empty(), "SSMServiceRole", 1, Optional.empty(), Map.of());
                return all.ask(caller, () -> new Page<>(List.of(activation(made)), Optional.of("more")));
            }

            @Override
            public void delete(Principal caller, String activationId) {
                all.ask(caller, () -> all.change("delete", activationId));
            }
        };
    }

    NodeLife nodeLife() {
        return new NodeLife() {
            @Override
            public void deregister(Principal caller, String nodeId) {
                all.ask(caller, () -> all.change("deregister", nodeId));
            }

            @Override
            public void changeRole(Principal caller, String nodeId, String role) {
                all.ask(caller, () -> all.change("role", nodeId, role));
            }

            @Override
            public void approve(Principal caller, String nodeId) {
                all.ask(caller, () -> all.change("approve", nodeId));
            }

            @Override
            public void acceptMachine(Principal caller, String nodeId, String fingerprint) {
                all.ask(caller, () -> all.change("accept", nodeId, fingerprint));
            }

            @Override
            public void refuseMachine(Principal caller, String nodeId, String fingerprint) {
                all.ask(caller, () -> all.change("refuse", nodeId, fingerprint));
            }
        };
    }

    ResourceTags tags() {
        return new ResourceTags() {
            @Override
            public void add(Principal caller, String type, String id, Map<String, String> tags) {
                all.ask(caller, () -> all.change("tag", type, id, tags));
            }

            @Override
            public void remove(Principal caller, String type, String id, Set<String> keys) {
                all.ask(caller, () -> all.change("untag", type, id, keys));
            }

            @Override
            public Map<String, String> list(Principal caller, String type, String id) {
                throw new UnsupportedOperationException();
            }
        };
    }

    ServiceSettings settings() {
        return new ServiceSettings() {
            @Override
            public Setting get(Principal caller, String settingId) {
                return all.ask(
                        caller,
                        () -> new Setting(
                                settingId, "standard", Instant.EPOCH, "System", "arn:" + settingId, "Default"));
            }

            @Override
            public void update(Principal caller, String settingId, String value) {
                all.ask(caller, () -> all.change("setting", settingId, value));
            }

            @Override
            public Setting reset(Principal caller, String settingId) {
                all.ask(caller, () -> all.change("reset", settingId));
                return get(caller, settingId);
            }
        };
    }

    NodeUsage usage() {
        return new NodeUsage() {
            @Override
            public Page<Row> rows(Principal caller, LocalDate from, LocalDate to, PageRequest page) {
                return all.ask(
                        caller,
                        () -> new Page<>(
                                List.of(new Row(
                                        from,
                                        FakeServices.NODE,
                                        "advanced",
                                        Map.of("team", "=blue"),
                                        Duration.ofMinutes(90))),
                                Optional.empty()));
            }

            @Override
            public Page<Total> totals(Principal caller, LocalDate from, LocalDate to, Grouping by, PageRequest page) {
                return all.ask(
                        caller,
                        () -> new Page<>(
                                List.of(new Total(by.name(), "blue", 2, Duration.ofMinutes(90))), Optional.empty()));
            }
        };
    }
}
