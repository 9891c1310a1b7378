package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.channel.websocket.WebSocketConnector;
import org.sallyport.cli.session.Outcome;
import org.sallyport.protocol.sigv4.SigningCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Session;
import software.amazon.awssdk.services.ssm.model.SessionFilter;
import software.amazon.awssdk.services.ssm.model.SessionFilterKey;
import software.amazon.awssdk.services.ssm.model.SessionState;
import software.amazon.awssdk.services.ssm.model.StartSessionResponse;

/**
 * Each kind of change that takes a right away, on one running system with a live session for each: the session whose right is taken away ends within five
 * seconds with that cause, and none of the others.
 */
@Tag("long")
@ExtendWith(LiveSystemExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevocationKindsIT {
    private static final Duration PROMISED = Duration.ofSeconds(5);

    private final Map<RevocationKind, WireShell> shells = new LinkedHashMap<>();
    private LiveSystem live;
    private SsmClient ssm;
    private RevocationWorld world;
    private ServiceClient api;
    private WebSocketConnector connector;
    private WireShell untouched;

    @BeforeAll
    void aSessionForEachKind(LiveSystem system) throws Exception {
        live = system;
        ssm = Clients.ssm(live);
        world = new RevocationWorld(live);
        CaTrust trust = CaTrust.fromBundle(Path.of(live.get("ca")));
        SigningCredentials administrator =
                new SigningCredentials(live.get("accessKeyId"), live.get("secretAccessKey"), Optional.empty());
        api = new ServiceClient(new ServiceSettings(
                live.api(), live.get("region"), trust, ProxySettings.direct(), () -> administrator));
        connector = new WebSocketConnector(trust, ProxySettings.direct());
        untouched = shell(world.member("untouched"));
        for (RevocationKind kind : RevocationKind.values()) {
            shells.put(kind, shell(kind.setUp(world)));
        }
        for (Map.Entry<RevocationKind, WireShell> one : shells.entrySet()) {
            one.getValue().echoes(one.getKey().name());
        }
    }

    private WireShell shell(AwsCredentials credentials) {
        try (SsmClient theirs = Clients.ssm(live, credentials)) {
            StartSessionResponse started = theirs.startSession(r -> r.target(live.nodeId()));
            return new WireShell(started.sessionId(), started.tokenValue(), started.streamUrl(), api, connector);
        }
    }

    @AfterAll
    void close() {
        shells.values().forEach(WireShell::close);
        untouched.close();
        world.close();
        connector.close();
        api.close();
        ssm.close();
    }

    @ParameterizedTest
    @EnumSource
    void theSessionWhoseRightIsTakenAwayEnds(RevocationKind kind) throws Exception {
        WireShell touched = shells.get(kind);
        assertThat(touched.over()).as("nothing before ended it").isFalse();

        Instant changed = kind.change(world);

        endsWithinThePromise(kind.name(), touched, changed);
        shells.remove(kind);
        assertThat(shells.values()).as("those of other rights").noneMatch(WireShell::over);
        untouched.echoes("beside-" + kind);
        touched.close();
    }

    private void endsWithinThePromise(String what, WireShell touched, Instant changed) {
        Outcome outcome = touched.awaitEnd();
        assertThat(outcome.how()).isEqualTo(Outcome.How.CLOSED);
        assertThat(outcome.text()).contains("Your access was taken away");
        SessionFilter one = SessionFilter.builder()
                .key(SessionFilterKey.SESSION_ID)
                .value(touched.sessionId())
                .build();
        Session history = ssm.describeSessions(
                        r -> r.state(SessionState.HISTORY).filters(one))
                .sessions()
                .get(0);
        assertThat(history.details()).isEqualTo("ACCESS_REVOKED: Your access was taken away, so the session ended.");
        Duration took = Duration.between(changed, history.endDate());
        System.out.printf("%s: the session ended %d ms after its right%n", what, took.toMillis());
        assertThat(took).isLessThan(PROMISED);
    }

    @Test
    void theConsolesSessionEndsToo() throws Exception {
        String user = world.person("console", "correct horse battery");
        Browser browser = new Browser(live);
        assertThat(browser.signIn(user, "correct horse battery", Optional.empty())
                        .status())
                .isEqualTo(200);
        var started = browser.call("POST", "/sessions", "{\"target\":\"" + live.nodeId() + "\"}")
                .body();
        try (WireShell shell = new WireShell(
                started.path("sessionId").asText(),
                started.path("token").asText(),
                started.path("streamUrl").asText(),
                api,
                connector)) {
            shell.echoes("console");
            world.withoutInline("console");
            endsWithinThePromise("console", shell, Instant.now());
        }
    }

    /** As in AWS: who may assume a role is asked when it is assumed, and not again. */
    @Test
    void sessionsOfARoleOutliveItsTrustAndTheRightsOfWhoAssumedIt() throws Exception {
        try (WireShell byTrust = shell(world.role("trust"));
                WireShell byCaller = shell(world.assumedByUser("caller"))) {
            byTrust.echoes("trusted");
            byCaller.echoes("assumed");
            world.trustNobody("trust");
            world.withoutInline("caller");

            // the second one that ends says that a whole turn has passed since
            for (String name : List.of("first", "second")) {
                try (WireShell other = shell(world.allowed(name))) {
                    other.echoes(name);
                    world.withoutInline(name);
                    other.awaitEnd();
                }
            }
            byTrust.echoes("trusted-still");
            byCaller.echoes("assumed-still");
        }
    }
}
