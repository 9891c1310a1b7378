package org.sallyport.core.node;

import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessKeys;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.ActivationOptions;
import org.sallyport.api.node.Activations.Created;
import org.sallyport.api.node.Activations.NewActivation;
import org.sallyport.api.node.Nodes.Registration;
import org.sallyport.api.session.EndCause;
import org.sallyport.kernel.access.NodeRoles;
import org.sallyport.kernel.node.NodeEvent;
import org.sallyport.kernel.relay.Relay;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.kernel.session.NodeSessions;
import org.sallyport.kernel.store.Transactions;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.SessionNotice;
import org.sallyport.test.contract.InMemoryNodeAdmission;
import org.sallyport.test.contract.InMemoryTierPolicy;
import org.sallyport.test.database.SettableClock;
import org.sallyport.test.stores.TestStore;

/** This bundle's components on a real database, with small stand-ins for what other bundles provide. */
final class World implements AutoCloseable {
    static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    static final String ACCOUNT = "123456789012";
    static final String ARN = "arn:aws:ssm:test-1:" + ACCOUNT + ":";
    static final String ROLE = "SSMServiceRole";
    static final String ROLE_ARN = "arn:aws:iam::" + ACCOUNT + ":role/service-role/" + ROLE;
    static final String FINGERPRINT = "0b1c2d3e-0000-4000-8000-000000000001";
    static final String PUBLIC_KEY = publicKey(2048);
    static final Principal ALICE =
            new Principal(ACCOUNT, PrincipalType.USER, "AIDAALICE", "alice", "arn:aws:iam::" + ACCOUNT + ":user/alice");

    final TestStore store = TestStore.ofBundle("org.sallyport.core.node");
    final SettableClock clock = new SettableClock(START);
    final Policy policy = new Policy();
    final Decisions decisions = new Decisions(policy, new Address());
    final Roles roles = new Roles();
    final Channels relay = new Channels();
    final InMemoryNodeAdmission admission = new InMemoryNodeAdmission(clock);
    final AdmissionCalls calls = new AdmissionCalls(store, clock, Duration.ofSeconds(30));
    final ProofCalls proofs = new ProofCalls(store, clock, Duration.ofSeconds(30));
    final ActivationTiers tiers = new ActivationTiers(store);
    final EventsHeard heard = new EventsHeard();
    final List<NodeEvent> events = new CopyOnWriteArrayList<>();
    final RunningSessions sessions = new RunningSessions();
    final Leaving leaving = new Leaving(store, roles, new TagsHeard());
    final TierEnds tierEnds = new TierEnds(tiers);
    final ManagedNodes nodes = nodes(store);
    final NodeOperations operations = new NodeOperations(decisions, roles, roles, leaving, heard, store, clock);

    World() {
        calls.bindAdmission(admission);
        tiers.bindPolicy(new InMemoryTierPolicy(1000));
        nodes.relay = relay;
        leaving.relay = relay;
        leaving.sessions = sessions;
        tierEnds.sessions = sessions;
        heard.listeners = List.of(events::add);
    }

    ManagedNodes nodes(Transactions on) {
        return new ManagedNodes(decisions, roles, roles, calls, proofs, tiers, heard, on, clock);
    }

    ControlChannels channels(Transactions on) {
        return new ControlChannels(decisions, new NodeTable(on), heard, clock);
    }

    AccountSettings settings(Transactions on) {
        return new AccountSettings(decisions, roles, tiers, tierEnds, heard, on, clock);
    }

    HybridActivations activations() {
        return new HybridActivations(decisions, roles, calls, heard, clock);
    }

    /** What happened, in order. */
    List<NodeEvent.Kind> kinds() {
        return events.stream().map(NodeEvent::kind).toList();
    }

    @Override
    public void close() {
        calls.deactivate();
        proofs.deactivate();
        tiers.deactivate();
        store.close();
    }

    Created activation(int limit) {
        return activation(limit, false);
    }

    Created activation(int limit, boolean approval) {
        NewActivation wanted = new NewActivation(
                "",
                Optional.of("web"),
                ROLE,
                limit,
                Optional.empty(),
                Map.of("team", "blue", "stage", "test"),
                new ActivationOptions(List.of("192.0.2.0/24"), approval));
        return admission.create(wanted, START.plus(Duration.ofDays(30)), START);
    }

    Registration registration(Created by) {
        return registration(by, "Rsa", PUBLIC_KEY);
    }

    static Registration registration(Created by, String type, String key) {
        return new Registration(by.activation().id(), by.code(), key, type, FINGERPRINT, "192.0.2.1");
    }

    String node() {
        return nodes.register(registration(activation(1)));
    }

    static Principal keyOf(String nodeId) {
        return new Principal(ACCOUNT, PrincipalType.NODE_KEY, nodeId, nodeId, ARN + "managed-instance/" + nodeId);
    }

    static Principal node(String nodeId) {
        String arn = "arn:aws:sts::" + ACCOUNT + ":assumed-role/" + ROLE + "/" + nodeId;
        return new Principal(ACCOUNT, PrincipalType.NODE, "AROAROLE:" + nodeId, nodeId, arn);
    }

    static String publicKey(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            KeyPair pair = generator.generateKeyPair();
            return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Allows everything but the actions named, and remembers what it was asked. */
    static final class Policy implements DecisionPoint {
        final Set<String> denied = ConcurrentHashMap.newKeySet();
        final List<AccessRequest> asked = new CopyOnWriteArrayList<>();

        @Override
        public boolean allows(AccessRequest request) {
            asked.add(request);
            return !denied.contains(request.action());
        }

        @Override
        public void require(AccessRequest request) {
            if (!allows(request)) {
                throw new SallyportException(AccessError.ACCESS_DENIED, "denied " + request.action());
            }
        }

        AccessRequest last() {
            return asked.get(asked.size() - 1);
        }
    }

    /** Sessions by their node; ended ones are told as {@code node cause text}. */
    static final class RunningSessions implements NodeSessions {
        final Set<String> inUse = ConcurrentHashMap.newKeySet();
        final List<String> ended = new CopyOnWriteArrayList<>();

        @Override
        public int endOfNode(String nodeId, EndCause cause, String detail) {
            ended.add(nodeId + " " + cause + " " + detail);
            return inUse.remove(nodeId) ? 1 : 0;
        }

        @Override
        public Set<String> nodesInUse() {
            return Set.copyOf(inUse);
        }
    }

    /** Knows two roles that nodes may have and one that trusts others, and hands out readable credentials. */
    static final class Roles implements AccessKeys, NodeRoles {
        static final String TRUSTS_OTHERS = "TrustsOthers";
        static final String OTHER = "OtherRole";

        final List<String> revoked = new CopyOnWriteArrayList<>();
        final Map<String, String> profiles = new ConcurrentHashMap<>();

        @Override
        public AccessKey create(String userName) {
            return new AccessKey("AKIA" + userName, "secret");
        }

        @Override
        public TemporaryCredentials issueForNode(String roleName, String nodeId, Duration lifetime) {
            return new TemporaryCredentials(roleName + "/" + nodeId, "secret", "token", START.plus(lifetime));
        }

        @Override
        public void revokeNode(String nodeId) {
            revoked.add(nodeId);
        }

        @Override
        public Optional<String> roleArn(String roleName) {
            if (roleName.equals(OTHER)) {
                return Optional.of("arn:aws:iam::" + ACCOUNT + ":role/" + OTHER);
            }
            if (roleName.equals(TRUSTS_OTHERS)) {
                return Optional.of(arn(TRUSTS_OTHERS));
            }
            return roleName.equals(ROLE) ? Optional.of(ROLE_ARN) : Optional.empty();
        }

        @Override
        public Optional<NodeRole> find(String roleName) {
            return roleArn(roleName).map(arn -> new NodeRole(roleName, arn));
        }

        @Override
        public Optional<NodeRole> ofInstanceProfile(String profileName) {
            return Optional.ofNullable(profiles.get(profileName)).flatMap(this::find);
        }

        @Override
        public boolean trustsNodes(String roleName) {
            return !roleName.equals(TRUSTS_OTHERS);
        }

        @Override
        public String arn(String roleName) {
            return "arn:aws:iam::" + ACCOUNT + ":role/" + roleName;
        }
    }

    /** Which control channels are open. */
    static final class Channels implements Relay {
        final Set<String> open = ConcurrentHashMap.newKeySet();

        @Override
        public boolean toNode(String nodeId, AgentMessage message) {
            return open.contains(nodeId);
        }

        @Override
        public boolean holds(String sessionId) {
            return false;
        }

        @Override
        public OptionalLong lastTyped(String sessionId) {
            return OptionalLong.empty();
        }

        @Override
        public void notice(String sessionId, SessionNotice notice) {
            throw new IllegalStateException("nodes have nothing to tell a person in a session");
        }

        @Override
        public boolean connected(String nodeId) {
            return open.contains(nodeId);
        }

        @Override
        public Set<DataEnd> attached(String sessionId) {
            return Set.of();
        }

        @Override
        public void dropNode(String nodeId) {
            open.remove(nodeId);
        }

        @Override
        public void end(String sessionId, String text, boolean tellNode) {
            throw new IllegalStateException("nobody asked to end " + sessionId);
        }
    }

    private record Address(String region, String accountId, URI api, URI channel) implements ServerAddress {
        Address() {
            this("test-1", ACCOUNT, URI.create("https://server.test"), URI.create("wss://server.test"));
        }
    }
}
