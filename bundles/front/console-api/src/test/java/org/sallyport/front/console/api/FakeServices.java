package org.sallyport.front.console.api;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.access.SecondFactors;
import org.sallyport.api.access.TemporaryLogins;
import org.sallyport.api.access.WebSessions;
import org.sallyport.api.audit.AuditEntry;
import org.sallyport.api.audit.AuditLog;
import org.sallyport.api.audit.AuditTrail;
import org.sallyport.api.edge.Enrolment;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.edge.TlsIdentity;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
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
import org.sallyport.api.session.EndCause;
import org.sallyport.api.session.SessionInfo;
import org.sallyport.api.session.SessionState;
import org.sallyport.api.session.Sessions;
import org.sallyport.test.contract.KeptTrail;

/** All services in memory. They refuse who is not the administrator and write down each change that they make. */
final class FakeServices implements Services, ServerAddress, TlsIdentity {
    static final String PASSWORD = "correct horse battery";
    static final String NODE = "mi-0123456789abcdef0";
    static final String ACTIVATION = "a0000000-0000-4000-8000-00000000000a";

    final List<String> changes = new ArrayList<>();
    final List<Object> filters = new ArrayList<>();
    /** What the services of access were asked last, without the caller. */
    final Map<String, List<Object>> asked = new ConcurrentHashMap<>();

    /** What they fail with. */
    SallyportException failure;

    final Map<String, WebSessions.WebSession> signedIn = new ConcurrentHashMap<>();
    final List<NodeInfo> nodes = new CopyOnWriteArrayList<>(List.of(node(true)));
    final List<SessionInfo> sessions = new CopyOnWriteArrayList<>(List.of(session("admin-1", SessionState.CONNECTED)));
    final KeptTrail trail = new KeptTrail();
    volatile boolean away;
    boolean defect;
    boolean secondFactor;
    boolean over;

    /** Short for tests. */
    interface Work<T> {
        T get();
    }

    /** As if nothing had happened. */
    void forget() {
        changes.clear();
        filters.clear();
        asked.clear();
        signedIn.clear();
        trail.calls.clear();
    }

    static Principal person(String name) {
        String arn = "arn:aws:iam::123456789012:user/" + name;
        return new Principal("123456789012", PrincipalType.USER, "AIDA" + name, name, arn);
    }

    static NodeInfo node(boolean connected) {
        NodeReport report = new NodeReport("agent", "1", "Active", "host", "192.0.2.7", "Linux", "Debian", "12");
        return new NodeInfo(
                NODE,
                Optional.of("web-1"),
                "activation",
                "SSMServiceRole",
                Instant.EPOCH,
                Optional.empty(),
                connected,
                Optional.of(report),
                Map.of("team", "blue"));
    }

    static SessionInfo session(String id, SessionState state) {
        Principal admin = person("admin");
        boolean over = state.over();
        return new SessionInfo(
                id,
                NODE,
                "SSM-SessionManagerRunShell",
                admin.id(),
                admin.arn(),
                Optional.of("because"),
                state,
                Instant.EPOCH,
                over ? Optional.of(Instant.EPOCH) : Optional.empty(),
                over ? Optional.of(EndCause.IDLE) : Optional.empty(),
                Optional.empty());
    }

    @Override
    public Optional<Enrolment> enrolment() {
        return Optional.of(id -> Map.of("linux", "the line --id " + id));
    }

    @Override
    public AuditTrail audit() {
        return trail;
    }

    @Override
    public AuditLog auditLog() {
        return (caller, query, page) -> ask(
                caller,
                () -> new Page<>(
                        List.of(new AuditEntry(
                                7,
                                "id-7",
                                Instant.EPOCH,
                                "ssm.amazonaws.com",
                                "StartSession",
                                false,
                                Optional.of("admin"),
                                Optional.empty(),
                                "192.0.2.1",
                                Optional.empty(),
                                List.of("arn:x"),
                                "{}")),
                        Optional.empty()));
    }

    <T> T ask(Principal caller, Work<T> work) {
        if (away) {
            throw new SallyportException(CommonError.SERVICE_AWAY, "away");
        }
        if (defect) {
            throw new IllegalStateException("secret detail");
        }
        if (!caller.name().equals("admin")) {
            throw new SallyportException(AccessError.ACCESS_DENIED, "User: %s may not".formatted(caller.arn()));
        }
        if (failure != null) {
            throw failure;
        }
        return work.get();
    }

    Void change(Object... words) {
        changes.add(String.join(" ", Arrays.stream(words).map(String::valueOf).toList()));
        return null;
    }

    WebSessions.WebSession web(String token, String name) {
        return new WebSessions.WebSession(
                person(name), "forgery-" + token, Instant.EPOCH.plusSeconds(60), secondFactor);
    }

    /** A session without a sign-in. */
    String session(String name) {
        return session(name, "");
    }

    /** Of one of several browsers. */
    String session(String name, String browser) {
        String token = "token-of-" + name + browser;
        signedIn.put(token, web(token, name));
        return token;
    }

    @Override
    public WebSessions webSessions() {
        return new FakeSignIn(this).webSessions();
    }

    @Override
    public TemporaryLogins logins() {
        return new FakeSignIn(this).logins();
    }

    @Override
    public SecondFactors secondFactors() {
        return new FakeSignIn(this).secondFactors();
    }

    @Override
    public AccessServices access() {
        return new FakeAccess(this);
    }

    @Override
    public Nodes nodes() {
        return new FakeNodes(this).nodes();
    }

    @Override
    public Activations activations() {
        return new FakeNodes(this).activations();
    }

    @Override
    public NodeLife nodeLife() {
        return new FakeNodes(this).nodeLife();
    }

    @Override
    public ResourceTags tags() {
        return new FakeNodes(this).tags();
    }

    @Override
    public ServiceSettings settings() {
        return new FakeNodes(this).settings();
    }

    @Override
    public NodeUsage usage() {
        return new FakeNodes(this).usage();
    }

    @Override
    public Sessions sessions() {
        return new Sessions() {
            @Override
            public Started start(Principal caller, StartRequest request) {
                return ask(caller, () -> {
                    change("start", request);
                    return new Started("admin-2", Optional.of("one-use"), "wss://console.example:8444/x");
                });
            }

            @Override
            public Started resume(Principal caller, String sessionId) {
                return ask(caller, () -> {
                    change("resume", sessionId);
                    return new Started(
                            sessionId,
                            over ? Optional.empty() : Optional.of("another"),
                            "wss://console.example:8444/x");
                });
            }

            @Override
            public String terminate(Principal caller, String sessionId) {
                ask(caller, () -> change("terminate", sessionId));
                return sessionId;
            }

            @Override
            public Page<SessionInfo> describe(Principal caller, boolean active, List<Filter> wanted, PageRequest page) {
                filters.addAll(wanted);
                return ask(
                        caller,
                        () -> new Page<>(
                                sessions.stream()
                                        .filter(session -> session.state().over() != active)
                                        .toList(),
                                Optional.empty()));
            }
        };
    }

    @Override
    public ServerAddress address() {
        return this;
    }

    @Override
    public TlsIdentity tls() {
        return this;
    }

    @Override
    public String version() {
        return "0.1.0";
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
        return URI.create("https://console.example:8443");
    }

    @Override
    public URI channel() {
        return URI.create("wss://console.example:8444");
    }

    @Override
    public SSLContext serverContext() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String caFingerprint() {
        return "f1".repeat(32);
    }

    @Override
    public String caPem() {
        return "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    }
}
