package org.sallyport.front.console.api;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessKeys.TemporaryCredentials;
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

    private Void change(Object... words) {
        changes.add(String.join(" ", Arrays.stream(words).map(String::valueOf).toList()));
        return null;
    }

    private WebSessions.WebSession web(String token, String name) {
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
        return new WebSessions() {
            @Override
            public Opened signIn(Attempt attempt) {
                if (attempt.userName().equals("tired")) {
                    throw new SallyportException(AccessError.TOO_MANY_TRIES, "too many");
                }
                if (!PASSWORD.equals(new String(attempt.password()))) {
                    throw new SallyportException(AccessError.CREDENTIAL_REJECTED, "The name or password is wrong.");
                }
                if (secondFactor && attempt.code().isEmpty()) {
                    throw new SallyportException(AccessError.CODE_REQUIRED, "Type the code.");
                }
                change("signIn", attempt.userName(), attempt.source());
                String token = "token-" + changes.size();
                signedIn.put(token, web(token, attempt.userName()));
                return new Opened(token, signedIn.get(token));
            }

            @Override
            public WebSession find(String token) {
                if (!holds(token)) {
                    throw new SallyportException(AccessError.SIGNED_OUT, "Sign in.");
                }
                return signedIn.get(token);
            }

            @Override
            public boolean holds(String token) {
                return signedIn.containsKey(token);
            }

            @Override
            public void signOut(String token) {
                signedIn.remove(token);
                change("signOut", token);
            }

            @Override
            public void signOutEverywhere(String token) {
                signedIn.clear();
                change("signOutEverywhere", token);
            }
        };
    }

    @Override
    public TemporaryLogins logins() {
        return new TemporaryLogins() {
            @Override
            public Login signIn(WebSessions.Attempt attempt, Optional<java.time.Duration> lifetime) {
                Principal person = webSessions().signIn(attempt).session().principal();
                change("login", person.name(), lifetime);
                return new Login(person, new TemporaryCredentials("ASIA1", "secret", "token", Instant.EPOCH));
            }

            @Override
            public void end(String accessKeyId, String sessionToken) {
                change("end", accessKeyId, sessionToken);
            }

            @Override
            public void endEverywhere(String accessKeyId, String sessionToken) {
                if (!sessionToken.equals("token")) {
                    throw new SallyportException(AccessError.SIGNED_OUT, "Sign in.");
                }
                change("endEverywhere", accessKeyId, sessionToken);
            }
        };
    }

    @Override
    public SecondFactors secondFactors() {
        return new SecondFactors() {
            @Override
            public boolean on(Principal person) {
                return secondFactor;
            }

            @Override
            public Enrolment begin(Principal person) {
                change("begin", person.name());
                return new Enrolment("SECRET", "otpauth://totp/Sallyport:x?secret=SECRET");
            }

            @Override
            public void confirm(Principal person, String code) {
                change("confirm", person.name(), code);
            }

            @Override
            public void remove(Principal person, String code) {
                change("remove", person.name(), code);
            }

            @Override
            public void reset(Principal caller, String userName) {
                ask(caller, () -> change("reset", userName));
            }
        };
    }

    @Override
    public AccessServices access() {
        return new FakeAccess(this);
    }

    @Override
    public Nodes nodes() {
        return new Nodes() {
            @Override
            public Page<NodeInfo> list(Principal caller, List<Filter> wanted, PageRequest page) {
                filters.addAll(wanted);
                return ask(
                        caller,
                        () -> new Page<>(
                                nodes.stream()
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

    @Override
    public Activations activations() {
        return new Activations() {
            private Activation activation(NewActivation wanted) {
                return new Activation(
                        ACTIVATION,
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
                return ask(caller, () -> {
                    change("create", wanted);
                    return new Created(activation(wanted), "code-once");
                });
            }

            @Override
            public Page<Activation> list(Principal caller, List<Filter> wanted, PageRequest page) {
                NewActivation made =
                        new NewActivation("", Optional.empty(), "SSMServiceRole", 1, Optional.empty(), Map.of());
                return ask(caller, () -> new Page<>(List.of(activation(made)), Optional.of("more")));
            }

            @Override
            public void delete(Principal caller, String activationId) {
                ask(caller, () -> change("delete", activationId));
            }
        };
    }

    @Override
    public NodeLife nodeLife() {
        return new NodeLife() {
            @Override
            public void deregister(Principal caller, String nodeId) {
                ask(caller, () -> change("deregister", nodeId));
            }

            @Override
            public void changeRole(Principal caller, String nodeId, String role) {
                ask(caller, () -> change("role", nodeId, role));
            }

            @Override
            public void approve(Principal caller, String nodeId) {
                ask(caller, () -> change("approve", nodeId));
            }

            @Override
            public void acceptMachine(Principal caller, String nodeId, String fingerprint) {
                ask(caller, () -> change("accept", nodeId, fingerprint));
            }

            @Override
            public void refuseMachine(Principal caller, String nodeId, String fingerprint) {
                ask(caller, () -> change("refuse", nodeId, fingerprint));
            }
        };
    }

    @Override
    public ResourceTags tags() {
        return new ResourceTags() {
            @Override
            public void add(Principal caller, String type, String id, Map<String, String> tags) {
                ask(caller, () -> change("tag", type, id, tags));
            }

            @Override
            public void remove(Principal caller, String type, String id, Set<String> keys) {
                ask(caller, () -> change("untag", type, id, keys));
            }

            @Override
            public Map<String, String> list(Principal caller, String type, String id) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Override
    public ServiceSettings settings() {
        return new ServiceSettings() {
            @Override
            public Setting get(Principal caller, String settingId) {
                return ask(
                        caller,
                        () -> new Setting(
                                settingId, "standard", Instant.EPOCH, "System", "arn:" + settingId, "Default"));
            }

            @Override
            public void update(Principal caller, String settingId, String value) {
                ask(caller, () -> change("setting", settingId, value));
            }

            @Override
            public Setting reset(Principal caller, String settingId) {
                ask(caller, () -> change("reset", settingId));
                return get(caller, settingId);
            }
        };
    }

    @Override
    public NodeUsage usage() {
        return new NodeUsage() {
            @Override
            public Page<Row> rows(Principal caller, LocalDate from, LocalDate to, PageRequest page) {
                return ask(
                        caller,
                        () -> new Page<>(
                                List.of(new Row(
                                        from, NODE, "advanced", Map.of("team", "=blue"), Duration.ofMinutes(90))),
                                Optional.empty()));
            }

            @Override
            public Page<Total> totals(Principal caller, LocalDate from, LocalDate to, Grouping by, PageRequest page) {
                return ask(
                        caller,
                        () -> new Page<>(
                                List.of(new Total(by.name(), "blue", 2, Duration.ofMinutes(90))), Optional.empty()));
            }
        };
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
