package org.sallyport.core.session;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.access.Principal;
import org.sallyport.api.audit.AuditCall;
import org.sallyport.api.audit.AuditError;
import org.sallyport.api.audit.AuditEvent;
import org.sallyport.api.audit.AuditTrail;
import org.sallyport.api.audit.Origin;
import org.sallyport.api.audit.Subject;
import org.sallyport.api.document.Documents;
import org.sallyport.api.document.SessionDocument;
import org.sallyport.api.document.SessionInputs;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeInfo;
import org.sallyport.api.node.Nodes;
import org.sallyport.kernel.access.LiveAccess;
import org.sallyport.kernel.node.NodeTags;
import org.sallyport.kernel.node.Tiers;
import org.sallyport.kernel.recording.Journals;
import org.sallyport.kernel.relay.Relay;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.SessionNotice;
import org.sallyport.spi.node.TierPolicy;

/** The neighbours of the engine, which write down in {@link #calls} what they are asked, in order. */
final class FakeServices
        implements Services, DecisionPoint, Documents, Tiers, Relay, ServerAddress, LiveAccess, NodeTags {

    /** What the relay was asked to end. */
    record Ended(String sessionId, String text, boolean tellNode) {}

    /** What the relay was asked to send to a node. */
    record Sent(String nodeId, AgentMessage message) {}

    record Noticed(String sessionId, SessionNotice notice) {}

    final Map<String, Long> typed = new ConcurrentHashMap<>();
    final List<Noticed> notices = new CopyOnWriteArrayList<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<Sent> sent = new CopyOnWriteArrayList<>();
    final List<Ended> ended = new CopyOnWriteArrayList<>();
    final Set<String> known = new HashSet<>();
    final Set<String> connected = new HashSet<>();
    final Set<String> forbidden = new HashSet<>();
    final Map<String, Set<DataEnd>> attached = new HashMap<>();
    final FakeJournals journals = new FakeJournals();
    final List<AuditEvent> audited = new CopyOnWriteArrayList<>();
    boolean auditing = true;
    boolean recording = true;
    boolean reachable = true;

    /** Runs once, when the relay is asked next what is attached. */
    Runnable beforeAttached = () -> {};

    SessionInputs inputs = SessionInputs.NONE;
    Optional<TierPolicy.Refusal> refusal = Optional.empty();

    private final Nodes nodes = (Nodes) Proxy.newProxyInstance(
            Nodes.class.getClassLoader(), new Class<?>[] {Nodes.class}, (proxy, method, arguments) -> {
                if (!method.getName().equals("find")) {
                    throw new UnsupportedOperationException(method.getName());
                }
                return find((String) arguments[0]);
            });

    @Override
    public AuditTrail audit() {
        return new AuditTrail() {
            @Override
            public AuditCall open(Subject subject, Origin origin) {
                throw new UnsupportedOperationException("fronts tell of calls");
            }

            @Override
            public void append(AuditEvent event) {
                if (!auditing) {
                    throw new SallyportException(AuditError.AUDIT_UNAVAILABLE, "full");
                }
                audited.add(event);
            }

            @Override
            public void decided(AccessRequest request, boolean allowed) {
                throw new UnsupportedOperationException("the decision point tells");
            }
        };
    }

    private Optional<NodeInfo> find(String id) {
        calls.add("find " + id);
        return known.contains(id)
                ? Optional.of(new NodeInfo(
                        id,
                        Optional.empty(),
                        "activation",
                        "role",
                        Instant.EPOCH,
                        Optional.empty(),
                        true,
                        Optional.empty(),
                        Map.of()))
                : Optional.empty();
    }

    @Override
    public boolean allows(AccessRequest request) {
        return !forbidden.contains(request.resource()) && !forbidden.contains(request.action());
    }

    @Override
    public void require(AccessRequest request) {
        calls.add("decide " + request.action() + " " + request.resource());
        if (!allows(request)) {
            throw new SallyportException(AccessError.ACCESS_DENIED, "no");
        }
    }

    @Override
    public String arn(String name) {
        return "arn:aws:ssm:onprem-1:123456789012:document/" + name;
    }

    @Override
    public SessionDocument.Resolved resolve(String name, Map<String, List<String>> parameters) {
        calls.add("resolve " + name);
        return new SessionDocument.Resolved(
                new SessionDocument(name, arn(name), "Standard_Stream", "{}", inputs), Map.of());
    }

    @Override
    public Optional<TierPolicy.Refusal> session(String nodeId) {
        calls.add("tier " + nodeId);
        return refusal;
    }

    @Override
    public boolean toNode(String nodeId, AgentMessage message) {
        calls.add("order " + nodeId);
        sent.add(new Sent(nodeId, message));
        return reachable;
    }

    @Override
    public boolean connected(String nodeId) {
        return connected.contains(nodeId);
    }

    @Override
    public void dropNode(String nodeId) {
        throw new UnsupportedOperationException("sessions drop no nodes");
    }

    @Override
    public Set<DataEnd> attached(String sessionId) {
        Runnable before = beforeAttached;
        beforeAttached = () -> {};
        before.run();
        return attached.getOrDefault(sessionId, EnumSet.noneOf(DataEnd.class));
    }

    @Override
    public void end(String sessionId, String text, boolean tellNode) {
        ended.add(new Ended(sessionId, text, tellNode));
    }

    @Override
    public boolean holds(String sessionId) {
        return attached.containsKey(sessionId);
    }

    @Override
    public OptionalLong lastTyped(String sessionId) {
        Long at = typed.get(sessionId);
        return at == null ? OptionalLong.empty() : OptionalLong.of(at);
    }

    @Override
    public void notice(String sessionId, SessionNotice notice) {
        notices.add(new Noticed(sessionId, notice));
    }

    @Override
    public String region() {
        return "onprem-1";
    }

    @Override
    public String accountId() {
        return "123456789012";
    }

    @Override
    public URI api() {
        return URI.create("https://sally.example:8443");
    }

    @Override
    public URI channel() {
        return URI.create("wss://sally.example:8444");
    }

    /** Who decides; this itself unless a test has the real one. */
    DecisionPoint decider = this;

    LiveAccess live = this;

    @Override
    public DecisionPoint decisions() {
        return decider;
    }

    @Override
    public Documents documents() {
        return this;
    }

    @Override
    public Nodes nodes() {
        return nodes;
    }

    @Override
    public Tiers tiers() {
        return this;
    }

    @Override
    public Relay relay() {
        return this;
    }

    @Override
    public Journals journals() {
        if (!recording) {
            throw new SallyportException(CommonError.SERVICE_AWAY, "Recording is not there at the moment.");
        }
        return journals;
    }

    @Override
    public ServerAddress address() {
        return this;
    }

    @Override
    public LiveAccess liveAccess() {
        return live;
    }

    @Override
    public NodeTags nodeTags() {
        return this;
    }

    /** Each change of it stands for a change of IAM. */
    long version = 1;

    /** What the standing of an owner is, by its id. */
    final Map<String, String> standings = new HashMap<>();

    final Map<String, Map<String, String>> tags = new HashMap<>();

    @Override
    public long version() {
        return version;
    }

    @Override
    public String standing(Principal principal) {
        return standings.getOrDefault(principal.id(), "");
    }

    @Override
    public boolean stillAllows(AccessRequest request) {
        calls.add("again " + request.principal().name() + " " + request.resource());
        if (deciderAway || undecidable.contains(request.principal().id())) {
            throw new SallyportException(CommonError.SERVICE_AWAY, "The policy adapter is not there.");
        }
        return allows(request) && !forbidden.contains(request.principal().id());
    }

    boolean deciderAway;

    /** Ids of owners about whom nobody can decide. */
    final Set<String> undecidable = new HashSet<>();

    @Override
    public Map<String, String> of(String nodeId) {
        return tags.getOrDefault(nodeId, Map.of());
    }

    @Override
    public Map<String, Map<String, String>> of(Collection<String> nodeIds) {
        Map<String, Map<String, String>> found = new HashMap<>(tags);
        found.keySet().retainAll(nodeIds);
        return found;
    }
}
