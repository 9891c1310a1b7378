package org.sallyport.front.console.api;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.api.access.DecisionExplainer;
import org.sallyport.api.access.Principal;
import org.sallyport.api.iam.Account;
import org.sallyport.api.iam.AttachedPolicy;
import org.sallyport.api.iam.Attachments;
import org.sallyport.api.iam.Boundaries;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.Group;
import org.sallyport.api.iam.Groups;
import org.sallyport.api.iam.InlinePolicies;
import org.sallyport.api.iam.LastUsed;
import org.sallyport.api.iam.Logins;
import org.sallyport.api.iam.ManagedPolicies;
import org.sallyport.api.iam.ManagedPolicy;
import org.sallyport.api.iam.PolicyReviews;
import org.sallyport.api.iam.PolicyVersion;
import org.sallyport.api.iam.Role;
import org.sallyport.api.iam.Roles;
import org.sallyport.api.iam.Simulations;
import org.sallyport.api.iam.Tag;
import org.sallyport.api.iam.Tags;
import org.sallyport.api.iam.User;
import org.sallyport.api.iam.UserKey;
import org.sallyport.api.iam.UserKeys;
import org.sallyport.api.iam.Users;
import org.sallyport.api.page.Page;
import org.sallyport.spi.access.Authorizer;
import org.sallyport.spi.access.ConditionTrace;
import org.sallyport.spi.access.Decision;
import org.sallyport.spi.access.PolicyCheck;
import org.sallyport.spi.access.PolicyFinding;
import org.sallyport.spi.access.PolicyLayer;
import org.sallyport.spi.access.StatementTrace;
import org.sallyport.spi.access.StatementTrace.Position;

/** The services of access with one thing of each kind. They refuse as {@link FakeServices} does and tell it what they are asked to change. */
final class FakeAccess implements AccessServices {
    static final String POLICY = "arn:aws:iam::123456789012:policy/ops/Shells";
    static final String DOCUMENT = "{\"Version\":\"2012-10-17\",\"Statement\":[]}";
    static final String SECRET = "secret-of-the-key";
    private static final String ACCOUNT = "arn:aws:iam::123456789012:";
    private static final Optional<String> MORE = Optional.of("more");
    private static final List<Tag> TAGS = List.of(new Tag("team", "blue"));
    private static final Set<String> READS = Set.of(
            "get",
            "list",
            "of",
            "version",
            "versions",
            "entities",
            "lastUsed",
            "devices",
            "review",
            "custom",
            "principal");

    private static final User USER = new User(
            "AIDA1",
            "bob",
            "/ops/",
            ACCOUNT + "user/ops/bob",
            Instant.EPOCH,
            Optional.of(Instant.EPOCH),
            Optional.of(POLICY),
            TAGS);
    private static final Group GROUP = new Group("AGPA1", "admins", "/", ACCOUNT + "group/admins", Instant.EPOCH);
    private static final LastUsed USED = new LastUsed(Instant.EPOCH, "ssm", "onprem-1");
    private static final Role ROLE = new Role(
            "AROA1",
            "Nodes",
            "/",
            ACCOUNT + "role/Nodes",
            Instant.EPOCH,
            DOCUMENT,
            "of nodes",
            Duration.ofHours(2),
            Optional.empty(),
            Optional.of(USED),
            TAGS);
    private static final ManagedPolicy MANAGED = new ManagedPolicy(
            "ANPA1", "Shells", "/ops/", POLICY, "v2", 3, 1, "shells", Instant.EPOCH, Instant.EPOCH, TAGS);
    private static final PolicyVersion VERSION = new PolicyVersion("v2", DOCUMENT, true, Instant.EPOCH);
    private static final UserKey KEY = new UserKey("bob", "AKIA1", true, Instant.EPOCH);
    private static final Map<PolicyLayer, List<Simulations.Source>> SOURCES =
            Map.of(PolicyLayer.IDENTITY, List.of(new Simulations.Source("Shells", "user-managed")));

    private final FakeServices services;

    FakeAccess(FakeServices services) {
        this.services = services;
    }

    private static Decision decision() {
        StatementTrace trace = new StatementTrace(
                PolicyLayer.IDENTITY,
                0,
                1,
                "NotNow",
                false,
                new Position(3, 5),
                new Position(7, 6),
                "ssm:*",
                "*",
                StatementTrace.Outcome.MATCHES,
                List.of(new ConditionTrace("Bool", "aws:SecureTransport", List.of("true"), List.of("true"), true)));
        return new Decision(
                Authorizer.Verdict.EXPLICIT_DENY,
                "Statement NotNow denies.",
                List.of(trace),
                List.of(),
                Optional.empty(),
                Optional.of(true),
                List.of("aws:SourceIp"));
    }

    private static <T> Page<T> page(T item) {
        return new Page<>(List.of(item), MORE);
    }

    @SuppressWarnings("unchecked")
    private <T> T fake(Class<T> type, Map<String, Object> answers) {
        return (T) Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        services.ask((Principal) arguments[0], () -> answer(method, arguments, answers)));
    }

    private Object answer(Method method, Object[] arguments, Map<String, Object> answers) {
        String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
        Object[] words = Arrays.stream(arguments)
                .skip(1)
                .map(word -> word instanceof char[] secret ? new String(secret) : word)
                .toArray();
        services.asked.put(name, List.of(words));
        if (!READS.contains(method.getName())) {
            services.changes.add(name);
        }
        Object answer = new HashMap<>(answers).get(method.getName());
        if (answer == null && method.getReturnType() != void.class) {
            throw new AssertionError("no answer for " + name);
        }
        return answer;
    }

    @Override
    public Users users() {
        return fake(Users.class, Map.of("create", USER, "get", USER, "list", page(USER)));
    }

    @Override
    public Groups groups() {
        return fake(
                Groups.class,
                Map.of(
                        "create",
                        GROUP,
                        "get",
                        new Groups.Members(GROUP, page(USER)),
                        "list",
                        page(GROUP),
                        "of",
                        page(GROUP)));
    }

    @Override
    public Roles roles() {
        return fake(Roles.class, Map.of("create", ROLE, "get", ROLE, "list", page(ROLE)));
    }

    @Override
    public ManagedPolicies policies() {
        return fake(
                ManagedPolicies.class,
                Map.of(
                        "create", MANAGED,
                        "get", MANAGED,
                        "list", page(MANAGED),
                        "createVersion", VERSION,
                        "version", VERSION,
                        "versions", page(VERSION)));
    }

    @Override
    public Attachments attachments() {
        return fake(
                Attachments.class,
                Map.of(
                        "list", page(new AttachedPolicy("Shells", POLICY)),
                        "entities", page(new Attachments.Entity(EntityKind.GROUP, "admins", "AGPA1"))));
    }

    @Override
    public InlinePolicies inline() {
        return fake(InlinePolicies.class, Map.of("get", DOCUMENT, "list", page("Extra")));
    }

    @Override
    public Boundaries boundaries() {
        return fake(Boundaries.class, Map.of());
    }

    @Override
    public UserKeys keys() {
        return fake(
                UserKeys.class,
                Map.of(
                        "create", new UserKeys.Made(KEY, SECRET),
                        "list", page(KEY),
                        "lastUsed", new UserKeys.Use("bob", Optional.of(USED))));
    }

    @Override
    public Logins passwords() {
        return fake(Logins.class, Map.of("create", Instant.EPOCH, "get", Instant.EPOCH));
    }

    @Override
    public Tags tags() {
        return fake(Tags.class, Map.of());
    }

    @Override
    public Account account() {
        return fake(Account.class, Map.of("devices", List.of(new Account.Device(USER, "serial"))));
    }

    @Override
    public PolicyReviews reviews() {
        PolicyFinding finding = new PolicyFinding(
                "ADMINISTRATOR",
                PolicyFinding.Severity.MEDIUM,
                1,
                "All",
                new Position(4, 5),
                new Position(9, 6),
                "Allows everything on everything.");
        PolicyCheck.Problem problem = new PolicyCheck.Problem(
                PolicyCheck.Kind.MALFORMED, "Syntax errors in policy.", "no brace", Optional.of(new Position(2, 3)));
        return fake(
                PolicyReviews.class,
                Map.of(
                        "review",
                        new PolicyReviews.Review(new PolicyCheck(40, Optional.of(problem)), 6_144, List.of(finding))));
    }

    @Override
    public Simulations simulations() {
        List<Simulations.Answer> answers =
                List.of(new Simulations.Answer("ssm:StartSession", "*", decision(), SOURCES));
        return fake(Simulations.class, Map.of("custom", answers, "principal", answers));
    }

    @Override
    public DecisionExplainer denials() {
        DecisionExplainer.Denial denial = new DecisionExplainer.Denial(
                "REFERENCE",
                Instant.EPOCH,
                DecisionExplainer.Reason.POLICIES,
                USER.id(),
                USER.arn(),
                "ssm:StartSession",
                "*",
                Map.of("aws:username", List.of("bob")),
                decision(),
                SOURCES);
        return fake(DecisionExplainer.class, Map.of("get", denial, "list", page(denial)));
    }
}
