package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.test.e2e.Browser.Answer;

/** The console's API in the real server, asked as a browser asks. */
@Tag("long")
class ConsoleApiIT {
    private static final String WRONG = "not the password";
    private static LiveSystem live;
    private static Path plugins;

    @BeforeAll
    static void start() throws Exception {
        Path data = LiveSystem.work("console");
        plugins = LiveSwapIT.copyOfShipped(data.resolve("plugins"));
        live = LiveSystem.startWith(Map.of("SALLYPORT_PLUGINS", plugins.toString()), data);
    }

    @AfterAll
    static void stop() {
        if (live != null) {
            live.close();
        }
    }

    private static Browser signedIn() throws Exception {
        Browser browser = new Browser(live);
        Answer answer = browser.signIn("admin", live.get("adminPassword"), Optional.empty());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return browser;
    }

    @Test
    void aWrongPasswordAndAnUnknownUserGetOneTextAndAreSlowedDown() throws Exception {
        Browser browser = new Browser(live);
        Answer wrong = browser.signIn("walter", WRONG, Optional.empty());
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.problem()).isEqualTo("credentials-rejected");
        assertThat(browser.signIn("admin", WRONG, Optional.empty()).body().path("detail"))
                .isEqualTo(wrong.body().path("detail"));

        Awaitility.await("the limit").atMost(60, TimeUnit.SECONDS).until(() -> browser.signIn(
                        "walter", WRONG, Optional.empty())
                .problem()
                .equals("too-many-tries"));

        assertThat(signedIn().get("/session").status()).isEqualTo(200);
    }

    @Test
    void aChangeNeedsTheForgeryTokenAndTheConsolesOwnPage() throws Exception {
        Browser browser = signedIn();
        browser.forgetCsrf();
        Answer noToken = browser.call("POST", "/activations", "{}");
        assertThat(noToken.status()).isEqualTo(403);
        assertThat(noToken.problem()).isEqualTo("request-forged");

        Answer session = browser.get("/session");
        assertThat(session.body().at("/user/name").asText()).isEqualTo("admin");
        Answer made = browser.call("POST", "/activations", "{\"description\":\"by the console\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().path("enrol").asText())
                .contains("--id " + made.body().path("id").asText())
                .doesNotContain(made.body().path("code").asText());
        assertThat(browser.get("/activations").body().toString()).contains("by the console");
        String id = made.body().path("id").asText();
        assertThat(browser.call("DELETE", "/activations/" + id, null).status()).isEqualTo(204);

        browser.from("https://evil.example");
        assertThat(browser.call("POST", "/activations", "{}").problem()).isEqualTo("request-forged");
        assertThat(browser.signIn("admin", live.get("adminPassword"), Optional.empty())
                        .problem())
                .isEqualTo("request-forged");
    }

    @Test
    void aShellRunsOverTheStreamAndItsEventsArrive() throws Exception {
        Browser browser = signedIn();
        JsonNode node = browser.get("/nodes?text=" + live.nodeId().toUpperCase(java.util.Locale.ROOT))
                .body()
                .path("items")
                .path(0);
        assertThat(node.path("connected").asBoolean()).isTrue();
        try (InputStream events = browser.events()) {
            CompletableFuture<String> seen = new CompletableFuture<>();
            Answer started =
                    browser.call("POST", "/sessions", "{\"target\":\"" + live.nodeId() + "\",\"reason\":\"a look\"}");
            assertThat(started.status()).as(started.toString()).isEqualTo(201);
            String id = started.body().path("sessionId").asText();
            read(events, id, seen);
            String url = started.body().path("streamUrl").asText();
            String token = started.body().path("token").asText();

            BrowserShell shell = BrowserShell.open(browser, url, token);
            shell.type("echo over-$((40+2))\r");
            shell.awaitText("over-42");

            assertThat(seen.get(60, TimeUnit.SECONDS))
                    .contains("event: sessions")
                    .contains(id);
            JsonNode listed = browser.get("/sessions?text=" + id).body().at("/items/0");
            assertThat(listed.path("mine").asBoolean()).isTrue();
            assertThat(listed.path("reason").asText()).isEqualTo("a look");

            assertThat(browser.call("DELETE", "/sessions/" + id, null).status()).isEqualTo(204);
            shell.awaitClosed();
            Awaitility.await("history").atMost(60, TimeUnit.SECONDS).until(() -> browser.get(
                            "/sessions?state=history&text=" + id)
                    .body()
                    .at("/items/0/cause")
                    .asText()
                    .equals("CLIENT"));
            Answer over = browser.call("POST", "/sessions/" + id + "/resume", null);
            assertThat(over.body().path("token").isNull()).isTrue();
            assertThat(over.body().path("endText").asText()).contains("The client ended the session");
        }
    }

    @Test
    void aPageOfAnotherSiteOpensNoStream() throws Exception {
        Browser browser = signedIn();
        Answer started = browser.call("POST", "/sessions", "{\"target\":\"" + live.nodeId() + "\"}");
        String url = started.body().path("streamUrl").asText();
        Browser other = new Browser(live);
        other.from("https://evil.example");

        assertThatThrownBy(() -> BrowserShell.open(
                        other, url, started.body().path("token").asText()))
                .hasCauseInstanceOf(WebSocketHandshakeException.class);

        String id = started.body().path("sessionId").asText();
        assertThat(browser.call("DELETE", "/sessions/" + id, null).status()).isEqualTo(204);
    }

    @Test
    void theNewestStreamOfABrowserCountsAndItsSignOutEndsIt() throws Exception {
        Browser browser = signedIn();
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> second = new CompletableFuture<>();
        try (InputStream before = browser.events()) {
            read(before, null, first);
            try (InputStream reloaded = browser.events()) {
                read(reloaded, null, second);
                assertThat(first.get(60, TimeUnit.SECONDS)).isNotNull();
                assertThat(second).isNotDone();
                assertThat(browser.call("DELETE", "/session", null).status()).isEqualTo(204);
                assertThat(second.get(60, TimeUnit.SECONDS)).isNotNull();
            }
        }
    }

    @Test
    void oneBrowserTooManyOfAPersonGetsNoStreamAndTheOthersGoOn() throws Exception {
        List<Browser> browsers = new ArrayList<>();
        List<InputStream> streams = new ArrayList<>();
        try {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 12; i++) {
                            browsers.add(signedIn());
                            streams.add(browsers.get(i).events());
                        }
                    })
                    .hasMessage("events: 429");
            assertThat(streams).hasSizeBetween(1, 6);
            for (int i = 0; i < streams.size(); i++) {
                assertThat(browsers.get(i).call("DELETE", "/session", null).status())
                        .isEqualTo(204);
                CompletableFuture<String> all = new CompletableFuture<>();
                read(streams.get(i), null, all);
                assertThat(all.get(60, TimeUnit.SECONDS)).isNotNull();
            }
        } finally {
            for (InputStream stream : streams) {
                stream.close();
            }
        }
    }

    @Test
    void signingOutEverywhereEndsTheOtherBrowsersToo() throws Exception {
        Browser one = signedIn();
        Browser other = signedIn();
        try (InputStream events = other.events()) {
            assertThat(one.call("DELETE", "/session?everywhere=true", null).status())
                    .isEqualTo(204);

            assertThat(other.get("/nodes").problem()).isEqualTo("signed-out");
            CompletableFuture<String> all = new CompletableFuture<>();
            read(events, null, all);
            assertThat(all.get(60, TimeUnit.SECONDS)).as("the stream ended").isNotNull();
        }
    }

    @Test
    void theSecondFactorIsAskedForWhileItIsOnAndSessionsOutliveTheSwapOfTheRealm() throws Exception {
        Browser browser = signedIn();
        byte[] secret = unbase32(browser.call("POST", "/session/totp", null)
                .body()
                .path("secret")
                .asText());
        Awaitility.await("the first half of a time step, so that three codes of it can be used")
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> Instant.now().getEpochSecond() % 30 < 15);
        long step = Instant.now().getEpochSecond() / 30;
        assertThat(browser.call("PUT", "/session/totp", codeBody(secret, step - 1))
                        .status())
                .isEqualTo(204);
        Browser other = new Browser(live);
        assertThat(other.signIn("admin", live.get("adminPassword"), Optional.empty())
                        .problem())
                .isEqualTo("code-required");
        assertThat(other.signIn("admin", live.get("adminPassword"), Optional.of(code(secret, step - 1)))
                        .problem())
                .isEqualTo("code-rejected");
        assertThat(other.signIn("admin", live.get("adminPassword"), Optional.of(code(secret, step)))
                        .status())
                .isEqualTo(200);
        assertThat(browser.call("DELETE", "/session/totp", codeBody(secret, step + 1))
                        .status())
                .isEqualTo(204);

        LiveSwapIT.nextVersion(plugins, "org.sallyport.adapter.identity.local");
        LiveSwapIT.awaitLog(live, "Plugin org.sallyport.adapter.identity.local 0.2.0 runs");

        assertThat(browser.get("/nodes").status()).isEqualTo(200);
        assertThat(other.get("/session").body().path("totp").asBoolean()).isFalse();
        assertThat(signedIn().get("/server").body().path("channel").asText()).startsWith("wss://");
    }

    /** Reads until a text is seen, or until the end when it is null. */
    private static void read(InputStream events, String text, CompletableFuture<String> seen) {
        Thread reader = new Thread(
                () -> {
                    StringBuilder all = new StringBuilder();
                    try {
                        byte[] part = new byte[4096];
                        for (int n = events.read(part); n >= 0; n = events.read(part)) {
                            all.append(new String(part, 0, n, StandardCharsets.UTF_8));
                            if (text != null && all.indexOf(text) >= 0) {
                                seen.complete(all.toString());
                                return;
                            }
                        }
                        seen.complete(all.toString());
                    } catch (java.io.IOException e) {
                        seen.completeExceptionally(e);
                    }
                },
                "events");
        reader.setDaemon(true);
        reader.start();
    }

    static String codeBody(byte[] secret, long step) throws Exception {
        return "{\"code\":\"" + code(secret, step) + "\"}";
    }

    static String code(byte[] secret, long step) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(secret, "HmacSHA1"));
        byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
        int value = ByteBuffer.wrap(hash).getInt(hash[19] & 0xf) & 0x7fffffff;
        return "%06d".formatted(value % 1_000_000);
    }

    static byte[] unbase32(String text) {
        java.math.BigInteger value = java.math.BigInteger.ZERO;
        for (char c : text.toCharArray()) {
            value = value.shiftLeft(5).or(java.math.BigInteger.valueOf("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c)));
        }
        byte[] bytes = new byte[text.length() * 5 / 8];
        byte[] raw = value.toByteArray();
        for (int i = 1; i <= Math.min(bytes.length, raw.length); i++) {
            bytes[bytes.length - i] = raw[raw.length - i];
        }
        return bytes;
    }
}
