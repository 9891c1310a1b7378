package org.sallyport.front.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.access.DecisionExplainer;
import org.sallyport.api.access.RoleSessions;
import org.sallyport.api.access.SecondFactors;
import org.sallyport.api.iam.Account;
import org.sallyport.api.iam.AttachedPolicy;
import org.sallyport.api.iam.Attachments;
import org.sallyport.api.iam.Boundaries;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.Group;
import org.sallyport.api.iam.Groups;
import org.sallyport.api.iam.InlinePolicies;
import org.sallyport.api.iam.InstanceProfile;
import org.sallyport.api.iam.InstanceProfiles;
import org.sallyport.api.iam.LastUsed;
import org.sallyport.api.iam.Logins;
import org.sallyport.api.iam.ManagedPolicies;
import org.sallyport.api.iam.ManagedPolicy;
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
import org.sallyport.front.aws.iam.AbsentOperations;
import org.sallyport.front.aws.iam.AccessKeyOperations;
import org.sallyport.front.aws.iam.AccountOperations;
import org.sallyport.front.aws.iam.AttachmentOperations;
import org.sallyport.front.aws.iam.BoundaryOperations;
import org.sallyport.front.aws.iam.DeviceOperations;
import org.sallyport.front.aws.iam.GroupOperations;
import org.sallyport.front.aws.iam.InlinePolicyOperations;
import org.sallyport.front.aws.iam.InstanceProfileOperations;
import org.sallyport.front.aws.iam.LoginOperations;
import org.sallyport.front.aws.iam.PolicyOperations;
import org.sallyport.front.aws.iam.RoleOperations;
import org.sallyport.front.aws.iam.SimulationOperations;
import org.sallyport.front.aws.iam.TagOperations;
import org.sallyport.front.aws.iam.UserOperations;
import org.sallyport.spi.access.Authorizer;
import org.sallyport.spi.access.Decision;
import org.sallyport.spi.access.PolicyLayer;
import org.sallyport.spi.access.StatementTrace;

/** IAM's services with one thing of each kind, and what they were asked. */
final class FakeIam {
    static final Instant MADE = Instant.parse("2026-03-01T12:00:00.250Z");
    static final String ACCOUNT = "000000000000";
    static final String POLICY = "arn:aws:iam::000000000000:policy/ops/Shells";
    static final String LIMIT = "arn:aws:iam::000000000000:policy/Limit";
    static final String DOCUMENT =
            "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"a+b~\u00e4\"}]}";
    static final Tag TEAM = new Tag("team", "blue + réd");
    static final User USER = new User(
            "AIDAEXAMPLEEXAMPLE01",
            "bob",
            "/ops/",
            "arn:aws:iam::000000000000:user/ops/bob",
            MADE,
            Optional.of(MADE),
            Optional.of(LIMIT),
            List.of(TEAM));
    static final Group GROUP =
            new Group("AGPAEXAMPLEEXAMPLE01", "admins", "/", "arn:aws:iam::000000000000:group/admins", MADE);
    static final LastUsed USED = new LastUsed(MADE, "ssm", "onprem-1");
    static final Role ROLE = new Role(
            "AROAEXAMPLEEXAMPLE01",
            "Nodes",
            "/ops/",
            "arn:aws:iam::000000000000:role/ops/Nodes",
            MADE,
            DOCUMENT,
            "of\r\nnodes",
            Duration.ofHours(2),
            Optional.of(LIMIT),
            Optional.of(USED),
            List.of(TEAM));
    static final InstanceProfile PROFILE = new InstanceProfile(
            "AIPAEXAMPLEEXAMPLE01",
            "Machines",
            "/",
            "arn:aws:iam::000000000000:instance-profile/Machines",
            MADE,
            List.of(ROLE),
            List.of(TEAM));
    static final ManagedPolicy MANAGED = new ManagedPolicy(
            "ANPAEXAMPLEEXAMPLE01", "Shells", "/ops/", POLICY, "v2", 3, 1, "shells", MADE, MADE, List.of(TEAM));
    static final PolicyVersion VERSION = new PolicyVersion("v2", DOCUMENT, true, MADE);
    static final UserKey KEY = new UserKey("bob", "AKIAEXAMPLEEXAMPLE01", false, MADE);
    static final String MARKER = "next";
    static final String SERIAL = "arn:aws:iam::000000000000:mfa/bob";

    final Recorder<Users> users = Recorder.of(Users.class)
            .answering("create", USER)
            .answering("get", USER)
            .answering("list", page(USER));
    final Recorder<Groups> groups = Recorder.of(Groups.class)
            .answering("create", GROUP)
            .answering("get", new Groups.Members(GROUP, page(USER)))
            .answering("list", page(GROUP))
            .answering("of", page(GROUP));
    final Recorder<Roles> roles = Recorder.of(Roles.class)
            .answering("create", ROLE)
            .answering("get", ROLE)
            .answering("updateDescription", ROLE)
            .answering("list", page(ROLE));
    final Recorder<InstanceProfiles> profiles = Recorder.of(InstanceProfiles.class)
            .answering("create", PROFILE)
            .answering("get", PROFILE)
            .answering("list", page(PROFILE))
            .answering("of", page(PROFILE));
    final Recorder<ManagedPolicies> policies = Recorder.of(ManagedPolicies.class)
            .answering("create", MANAGED)
            .answering("get", MANAGED)
            .answering("list", page(MANAGED))
            .answering("createVersion", VERSION)
            .answering("version", VERSION)
            .answering("versions", page(VERSION));
    final Recorder<Attachments> attachments = Recorder.of(Attachments.class)
            .answering("list", page(new AttachedPolicy("Shells", POLICY)))
            .answering(
                    "entities",
                    new Page<>(
                            List.of(
                                    new Attachments.Entity(EntityKind.GROUP, "admins", GROUP.id()),
                                    new Attachments.Entity(EntityKind.ROLE, "Nodes", ROLE.id()),
                                    new Attachments.Entity(EntityKind.USER, "bob", USER.id())),
                            Optional.of(MARKER)));
    final Recorder<InlinePolicies> inline =
            Recorder.of(InlinePolicies.class).answering("get", DOCUMENT).answering("list", page("Extra"));
    final Recorder<Boundaries> boundaries = Recorder.of(Boundaries.class);
    final Recorder<UserKeys> keys = Recorder.of(UserKeys.class)
            .answering("create", new UserKeys.Made(KEY, "secret"))
            .answering("list", page(KEY))
            .answering("lastUsed", new UserKeys.Use("bob", Optional.of(USED)));
    final Recorder<Logins> logins =
            Recorder.of(Logins.class).answering("create", MADE).answering("get", MADE);
    final Recorder<Tags> tags = Recorder.of(Tags.class).answering("list", page(TEAM));
    final Recorder<Simulations> simulations = Recorder.of(Simulations.class)
            .answering("custom", answers(3))
            .answering("principal", answers(1))
            .answering("contextKeys", List.of("aws:SourceIp", "aws:username"))
            .answering("contextKeysOf", List.of("aws:SourceIp"));
    final Recorder<Account> account = Recorder.of(Account.class)
            .answering("summary", Map.of("Users", 3, "UsersQuota", 5000))
            .answering("ofKey", ACCOUNT)
            .answering("details", details())
            .answering("devices", List.of(new Account.Device(USER, SERIAL)))
            .answering("allDevices", page(new Account.Device(USER, SERIAL)));
    final Recorder<SecondFactors> factors = Recorder.of(SecondFactors.class);
    final Recorder<RoleSessions> sessions = FakeSts.sessions();
    final Recorder<DecisionExplainer> explainer = Recorder.of(DecisionExplainer.class)
            .answering(
                    "get",
                    new DecisionExplainer.Denial(
                            "reference-1",
                            MADE,
                            DecisionExplainer.Reason.POLICIES,
                            USER.id(),
                            USER.arn(),
                            "ssm:StartSession",
                            "*",
                            Map.of("aws:username", List.of("bob")),
                            answers(1).get(0).decision(),
                            Map.of()));

    private final FakeDecisions decisions;

    FakeIam(FakeDecisions decisions) {
        this.decisions = decisions;
    }

    List<OperationSet> sets() {
        return List.of(
                new UserOperations(users.service()),
                new GroupOperations(groups.service()),
                new RoleOperations(roles.service()),
                new InstanceProfileOperations(profiles.service()),
                new PolicyOperations(policies.service()),
                new AttachmentOperations(attachments.service()),
                new InlinePolicyOperations(inline.service()),
                new BoundaryOperations(boundaries.service()),
                new AccessKeyOperations(keys.service()),
                new LoginOperations(logins.service()),
                new TagOperations(tags.service()),
                new SimulationOperations(simulations.service()),
                new AccountOperations(account.service()),
                new DeviceOperations(account.service(), factors.service()),
                new AbsentOperations(decisions, account.service()));
    }

    /** A page that is not the last one. */
    private static <T> Page<T> page(T item) {
        return new Page<>(List.of(item), Optional.of(MARKER));
    }

    private static Page<Account.Detail> details() {
        Account.Held held = new Account.Held(
                List.of(new Account.Inline("Extra", DOCUMENT)), List.of(new AttachedPolicy("Shells", POLICY)));
        return new Page<>(
                List.of(
                        new Account.UserDetail(USER, List.of("admins"), held),
                        new Account.GroupDetail(GROUP, held),
                        new Account.RoleDetail(ROLE, List.of(PROFILE), held),
                        new Account.PolicyDetail(MANAGED, List.of(VERSION))),
                Optional.of(MARKER));
    }

    private static List<Simulations.Answer> answers(int count) {
        StatementTrace trace = new StatementTrace(
                PolicyLayer.IDENTITY,
                0,
                1,
                "Deny",
                false,
                new StatementTrace.Position(3, 5),
                new StatementTrace.Position(7, 6),
                "ssm:*",
                "*",
                StatementTrace.Outcome.MATCHES,
                List.of());
        Decision decision = new Decision(
                Authorizer.Verdict.EXPLICIT_DENY,
                "denied",
                List.of(trace),
                List.of(),
                Optional.empty(),
                Optional.of(true),
                List.of("aws:SourceIp"));
        return java.util.stream.IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Simulations.Answer(
                        "ssm:StartSession",
                        "arn:aws:ssm:onprem-1:000000000000:managed-instance/mi-" + i,
                        decision,
                        Map.of(PolicyLayer.IDENTITY, List.of(new Simulations.Source("Shells", "user-managed")))))
                .toList();
    }
}
