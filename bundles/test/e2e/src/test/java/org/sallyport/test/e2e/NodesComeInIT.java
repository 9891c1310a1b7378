package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.protocol.sigv4.SigningCredentials;
import org.sallyport.test.e2e.AgentProcess.Ran;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;
import software.amazon.awssdk.services.ssm.model.ResourceType;

/** The ways in but a plain activation, and clones, with our agent against the running server. */
@Tag("long")
class NodesComeInIT {
    private static final String DEFAULT_ROLE = "/ssm/managed-instance/default-ec2-instance-management-role";
    private static final String INSTANCE = "i-0123456789abcdef0";

    private static LiveSystem live;
    private static TestInstance instance;
    private static TestIssuer issuer;
    private static Browser admin;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        Path data = LiveSystem.work("ways-in");
        Path etc = data.resolve("etc");
        Files.createDirectories(etc);
        try (Stream<Path> shipped = Files.list(LiveSystem.program("server/etc"))) {
            for (Path file : shipped.toList()) {
                Files.copy(file, etc.resolve(file.getFileName()));
            }
        }
        instance = new TestInstance();
        issuer = new TestIssuer();
        Files.writeString(
                etc.resolve("org.sallyport.adapter.node.cloud.cfg"),
                "certificates = %s\naccounts = %s\n"
                        .formatted(instance.pem(data.resolve("cloud.pem")), TestInstance.ACCOUNT));
        Files.writeString(
                etc.resolve("org.sallyport.adapter.node.oidc-kubernetes.cfg"),
                """
                sallyport.node.proof = kubernetes
                issuer = %s
                audience = sallyport
                jwks = %s
                rules = sub=system:serviceaccount:edge:* -> role=SSMServiceRole; name={kubernetes.io:pod:name}; tag.namespace={kubernetes.io:namespace}
                """
                        .formatted(TestIssuer.NAME, issuer.jwks(data.resolve("jwks.json"))));
        live = LiveSystem.startWith(Map.of("SALLYPORT_ETC", etc.toString()), data);
        admin = new Browser(live);
        assertThat(admin.signIn("admin", live.get("adminPassword"), Optional.empty())
                        .status())
                .isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        if (live != null) {
            live.close();
        }
        if (instance != null) {
            instance.close();
        }
    }

    @Test
    void aCloudInstanceComesInByItsSignedDocumentOnceAndWithTheDefaultRole() throws Exception {
        try (SsmClient ssm = Clients.ssm(live);
                AgentProcess agent = new AgentProcess(live, folder.resolve("instance"))) {
            Instant started = Instant.now().minusSeconds(30);
            instance.is(INSTANCE, started);
            assertRefused(cloud(agent), "no default role");
            ssm.updateServiceSetting(r -> r.settingId(DEFAULT_ROLE).settingValue("SSMServiceRole"));

            Ran registered = cloud(agent);
            assertThat(registered.exit()).as(registered.text()).isZero();
            assertThat(agent.nodeId()).isEqualTo(INSTANCE);
            agent.start();
            awaitConnected(ssm, INSTANCE);
            assertThat(information(ssm, INSTANCE).resourceType()).isEqualTo(ResourceType.EC2_INSTANCE);
            assertShellOpens(INSTANCE);

            AgentProcess thief = new AgentProcess(live, folder.resolve("thief"));
            assertRefused(cloud(thief), "refused");
            instance.is("i-0123456789abcdef1", Instant.now().minus(Duration.ofHours(2)));
            assertRefused(cloud(thief), "more than 30 minutes ago");
            try (TestInstance forger = new TestInstance()) {
                instance.shows(forger.message("i-0123456789abcdef2", Instant.now()));
                assertRefused(cloud(thief), "refused");
            }
            assertThat(connected(ssm, INSTANCE)).isTrue();

            assertFollowsTheDefaultRole(ssm, agent);
        }
    }

    /** Of an instance that is registered already: who may change it, to what, and what then counts. */
    private static void assertFollowsTheDefaultRole(SsmClient ssm, AgentProcess agent) throws Exception {
        String role = "EdgeRole";
        try (IamClient iam = Clients.iam(live);
                SsmClient clerk = clerk(iam)) {
            iam.createRole(r -> r.roleName("NoNodesRole")
                    .assumeRolePolicyDocument(Documents.trusting("{\"Service\":\"ec2.amazonaws.com\"}")));
            String arn = iam.createRole(r -> r.roleName(role)
                            .path("/service-role/")
                            .assumeRolePolicyDocument(Documents.trusting("{\"Service\":\"ssm.amazonaws.com\"}")))
                    .role()
                    .arn();
            iam.attachRolePolicy(
                    r -> r.roleName(role).policyArn("arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"));
            String value = "service-role/" + role;

            assertThatThrownBy(() -> clerk.updateServiceSetting(
                            r -> r.settingId(DEFAULT_ROLE).settingValue(value)))
                    .hasMessageContaining("iam:PassRole");
            iam.putUserPolicy(r ->
                    r.userName("clerk").policyName("pass").policyDocument(Documents.allowing("iam:PassRole", arn)));
            Awaitility.await("the clerk to be allowed to pass the role")
                    .untilAsserted(() -> clerk.updateServiceSetting(
                            r -> r.settingId(DEFAULT_ROLE).settingValue(value)));
            assertThat(ssm.getServiceSetting(r -> r.settingId(DEFAULT_ROLE))
                            .serviceSetting()
                            .settingValue())
                    .isEqualTo(value);
            assertThatThrownBy(() -> ssm.updateServiceSetting(
                            r -> r.settingId(DEFAULT_ROLE).settingValue("NoNodesRole")))
                    .hasMessageContaining("ssm.amazonaws.com");

            assertThat(information(ssm, INSTANCE).iamRole()).isEqualTo(role);
            agent.stop();
            agent.start();
            Awaitility.await("the instance to act with the other role")
                    .atMost(60, TimeUnit.SECONDS)
                    .until(() -> trail("CreateControlChannel", "assumed-role/" + role + "/" + INSTANCE) > 0);
            awaitConnected(ssm, INSTANCE);
            assertShellOpens(INSTANCE);

            ssm.resetServiceSetting(r -> r.settingId(DEFAULT_ROLE));
            agent.stop();
            agent.start();
            Awaitility.await("the instance to be told that there is no role")
                    .atMost(60, TimeUnit.SECONDS)
                    .until(() -> agent.log().contains("no default role any more"));
            assertThat(connected(ssm, INSTANCE)).isFalse();
        }
    }

    /** A person who may change settings, and pass no role. */
    private static SsmClient clerk(IamClient iam) {
        iam.createUser(r -> r.userName("clerk"));
        iam.putUserPolicy(r -> r.userName("clerk")
                .policyName("settings")
                .policyDocument(Documents.allowing("ssm:UpdateServiceSetting", "*")));
        AccessKey key = iam.createAccessKey(r -> r.userName("clerk")).accessKey();
        return Clients.ssm(live, key.accessKeyId(), key.secretAccessKey());
    }

    @Test
    void aPodComesInByTheTokenOfItsServiceAccountOnce() throws Exception {
        try (SsmClient ssm = Clients.ssm(live);
                AgentProcess agent = new AgentProcess(live, folder.resolve("pod"))) {
            Path token = Files.writeString(folder.resolve("token"), issuer.token("edge", "agent-7f9"));
            Ran registered = agent.register(Map.of(), "--proof", "kubernetes", "--proof-file", token.toString());
            assertThat(registered.exit()).as(registered.text()).isZero();
            agent.start();
            awaitConnected(ssm, agent.nodeId());
            assertThat(information(ssm, agent.nodeId()).name()).isEqualTo("agent-7f9");
            assertShellOpens(agent.nodeId());

            AgentProcess other = new AgentProcess(live, folder.resolve("other"));
            assertRefused(
                    other.register(Map.of(), "--proof", "kubernetes", "--proof-file", token.toString()),
                    "used already");
            Files.writeString(token, issuer.token("elsewhere", "agent-7f9"));
            assertRefused(
                    other.register(Map.of(), "--proof", "kubernetes", "--proof-file", token.toString()), "no rule");
            Files.writeString(token, new TestIssuer().token("edge", "agent-7f9"));
            assertRefused(
                    other.register(Map.of(), "--proof", "kubernetes", "--proof-file", token.toString()), "signature");
        }
    }

    @Test
    void aPersonLetsANodeInAndKeepsAnotherOut() throws Exception {
        try (SsmClient ssm = Clients.ssm(live);
                AgentProcess welcome = new AgentProcess(live, folder.resolve("welcome"));
                AgentProcess unwelcome = new AgentProcess(live, folder.resolve("unwelcome"))) {
            Browser.Answer made = admin.call("POST", "/activations", "{\"approval\":true,\"limit\":2}");
            for (AgentProcess agent : new AgentProcess[] {welcome, unwelcome}) {
                Ran registered = agent.register(
                        Map.of(
                                "SALLYPORT_ACTIVATION_CODE",
                                made.body().path("code").asText()),
                        "--id",
                        made.body().path("id").asText());
                assertThat(registered.exit()).as(registered.text()).isZero();
                agent.start();
                Awaitility.await("the agent to be told that it waits")
                        .atMost(60, TimeUnit.SECONDS)
                        .until(() -> agent.log().contains("waits for approval"));
                assertThat(connected(ssm, agent.nodeId())).isFalse();
            }

            assertThat(admin.call("POST", "/nodes/" + welcome.nodeId() + "/approval", "{}")
                            .status())
                    .isEqualTo(204);
            assertThat(admin.call("DELETE", "/nodes/" + unwelcome.nodeId(), null)
                            .status())
                    .isEqualTo(204);

            awaitConnected(ssm, welcome.nodeId());
            assertShellOpens(welcome.nodeId());
            assertThat(connected(ssm, unwelcome.nodeId())).isFalse();
            assertThat(admin.get("/nodes/" + unwelcome.nodeId()).status()).isEqualTo(404);
        }
    }

    @Test
    void aCloneIsAskedOfThePersonAndNeitherMachineIsBricked() throws Exception {
        RawNode node = RawNode.registered(live);
        String original = node.fingerprint();
        SigningCredentials before = node.credentials();

        String other = UUID.randomUUID().toString();
        node.clonedTo(other);
        for (int i = 0; i < 2; i++) {
            assertThat(node.roleToken().error()).isEqualTo("MachineFingerprintDoesNotMatch");
        }
        node.clonedTo(original);
        assertThat(node.roleToken().status()).as("the node goes on").isEqualTo(200);
        assertThat(node.channel("/v1/control-channel/" + node.id(), before).status())
                .isEqualTo(201);
        assertThat(shown(node).path("fingerprint").asText()).isEqualTo(other);
        assertThat(trail("NodeMachineDiffers", node.id())).as("told once").isEqualTo(1);

        String decision = "{\"fingerprint\":\"" + other + "\",\"accept\":true}";
        assertThat(admin.call("POST", "/nodes/" + node.id() + "/machine", decision)
                        .status())
                .isEqualTo(204);
        assertThat(node.roleToken().error())
                .as("now the old one is the clone")
                .isEqualTo("MachineFingerprintDoesNotMatch");
        assertThat(node.channel("/v1/control-channel/" + node.id(), before).status())
                .as("what it had is void")
                .isNotEqualTo(201);
        node.clonedTo(other);
        assertThat(node.roleToken().status()).isEqualTo(200);
    }

    private static JsonNode shown(RawNode node) {
        JsonNode body = admin.get("/nodes/" + node.id()).body();
        return body.path("otherMachines").path(0);
    }

    private static Ran cloud(AgentProcess agent) throws Exception {
        return agent.register(
                Map.of(),
                "--proof",
                "cloud",
                "--metadata-url",
                instance.address().toString());
    }

    private static void assertRefused(Ran ran, String why) {
        assertThat(ran.exit()).as(ran.text()).isNotZero();
        assertThat(ran.text()).contains(why);
    }

    private static void awaitConnected(SsmClient ssm, String nodeId) {
        Awaitility.await(nodeId + " to be connected")
                .atMost(90, TimeUnit.SECONDS)
                .until(() -> connected(ssm, nodeId));
    }

    private static boolean connected(SsmClient ssm, String nodeId) {
        return ssm.getConnectionStatus(request -> request.target(nodeId))
                .statusAsString()
                .equals("connected");
    }

    private static InstanceInformation information(SsmClient ssm, String nodeId) {
        return ssm.describeInstanceInformation(request -> request.filters(InstanceInformationStringFilter.builder()
                        .key("InstanceIds")
                        .values(nodeId)
                        .build()))
                .instanceInformationList()
                .get(0);
    }

    private static void assertShellOpens(String nodeId) throws Exception {
        try (PtyProgram shell = PtyProgram.start(
                live.clientEnvironment(),
                LiveSystem.program("cli/bin/sallyport").toString(),
                "start-session",
                "--target",
                nodeId)) {
            shell.awaitText("$");
            shell.type("echo in-$((6*7)); exit\r");
            shell.awaitText("in-42");
            assertThat(shell.exitStatus()).as(shell.screen()).isZero();
        }
    }

    private static long trail(String event, String nodeId) throws IOException {
        long found = 0;
        try (Stream<Path> files = Files.list(live.data().resolve("server/audit"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
                found += Files.readAllLines(file).stream()
                        .filter(line -> line.contains("\"eventName\":\"" + event + "\"") && line.contains(nodeId))
                        .count();
            }
        }
        return found;
    }
}
