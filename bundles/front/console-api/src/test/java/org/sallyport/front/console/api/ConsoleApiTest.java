package org.sallyport.front.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.api.node.Nodes;
import org.sallyport.api.session.SessionState;
import org.sallyport.api.session.Sessions;

class ConsoleApiTest {
    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    private Api.Answer signIn(String body) {
        return api.call("POST", "/session", Api.page(), body);
    }

    private static String credentials(String user, String password) {
        return "{\"user\":\"%s\",\"password\":\"%s\"}".formatted(user, password);
    }

    private Api.Answer asAdmin(String method, String path, String body) {
        return api.call(method, path, Api.page(api.services.session("admin")), body);
    }

    @Test
    void theCookieGoesToThisHostOnlyAndToNoScript() {
        Api.Answer answer = signIn(credentials("admin", FakeServices.PASSWORD));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Set-Cookie"))
                .isEqualTo("__Host-sallyport=token-1; Path=/; Secure; HttpOnly; SameSite=Strict");
        assertThat(answer.body().path("csrf").asText()).isEqualTo("forgery-token-1");
        assertThat(answer.body().toString()).doesNotContain("\"token-1\"");
        assertThat(api.services.changes).containsExactly("signIn admin 192.0.2.1");
    }

    @Test
    void aNewSignInEndsTheSessionThatTheBrowserHad() {
        String old = api.services.session("nobody");

        api.call("POST", "/session", Api.page(old), credentials("admin", FakeServices.PASSWORD));

        assertThat(api.services.signedIn).doesNotContainKey(old).hasSize(1);
    }

    @Test
    void anUnknownUserAndAWrongPasswordGetOneText() {
        Api.Answer wrong = signIn(credentials("admin", "wrong"));
        Api.Answer unknown = signIn(credentials("ghost", "wrong"));

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.problem()).isEqualTo("credentials-rejected");
        assertThat(unknown.problem()).isEqualTo("credentials-rejected");
        assertThat(unknown.body().path("detail")).isEqualTo(wrong.body().path("detail"));
        assertThat(wrong.header("Set-Cookie")).isEmpty();
    }

    @Test
    void tooManyTriesSayWhenToComeBack() {
        Api.Answer answer = signIn(credentials("tired", "x"));

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.problem()).isEqualTo("too-many-tries");
        assertThat(answer.header("Retry-After")).isEqualTo("60");
    }

    @Test
    void theCodeIsAskedForAfterThePassword() {
        api.services.secondFactor = true;

        assertThat(signIn(credentials("admin", "wrong")).problem()).isEqualTo("credentials-rejected");
        assertThat(signIn(credentials("admin", FakeServices.PASSWORD)).problem())
                .isEqualTo("code-required");
    }

    @Test
    void signingOutClearsTheCookie() {
        Api.Answer answer = asAdmin("DELETE", "/session", null);

        assertThat(answer.header("Set-Cookie")).startsWith("__Host-sallyport=;").endsWith("Max-Age=0");
        assertThat(api.services.changes).containsExactly("signOut token-of-admin");
    }

    @Test
    void signingOutEverywhereIsAskedForByName() {
        asAdmin("DELETE", "/session?everywhere=true", null);

        assertThat(api.services.changes).containsExactly("signOutEverywhere token-of-admin");
    }

    @Test
    void filtersOfNodesGoToTheService() {
        Api.Answer answer = asAdmin("GET", "/nodes?text=we&status=Online&platform=Linux&tag=team=a=b&max=5", null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(api.services.filters)
                .containsExactly(
                        new Nodes.Filter("Text", List.of("we")),
                        new Nodes.Filter("PingStatus", List.of("Online")),
                        new Nodes.Filter("PlatformTypes", List.of("Linux")),
                        new Nodes.Filter("tag:team", List.of("a=b")));
    }

    @Test
    void filtersOfSessionsGoToTheService() {
        String query = "/sessions?state=active&text=x&target=t&owner=o&status=Connected&from=f&to=t";
        Api.Answer answer = asAdmin("GET", query, null);

        assertThat(api.services.filters)
                .startsWith(
                        new Sessions.Filter("Text", "x"),
                        new Sessions.Filter("Target", "t"),
                        new Sessions.Filter("Owner", "o"),
                        new Sessions.Filter("Status", "Connected"),
                        new Sessions.Filter("InvokedAfter", "f"),
                        new Sessions.Filter("InvokedBefore", "t"));
        assertThat(answer.body().at("/items/0/targetName").asText()).isEqualTo("web-1");
        assertThat(answer.body().at("/items/0/mine").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nodes?max=0",
                "/nodes?max=101",
                "/nodes?tag=novalue",
                "/sessions?state=both",
                "/activations?max=-1"
            })
    void limitsOfListsAreTold(String path) {
        Api.Answer answer = asAdmin("GET", path, null);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-argument");
    }

    @Test
    void anActivationsCodeIsInItsAnswerAndNotInTheLine() {
        Api.Answer answer = asAdmin("POST", "/activations", "{\"expiresInHours\":2,\"tags\":{\"a\":\"b\"}}");

        assertThat(answer.body().path("code").asText()).isEqualTo("code-once");
        assertThat(answer.body().path("enrol").asText())
                .isEqualTo("sallyport-agent register --url https://console.example:8443"
                        + " --channel-url https://console.example:8444 --region onprem-1 --ca-fingerprint "
                        + "f1".repeat(32) + " --id " + FakeServices.ACTIVATION);
        assertThat(answer.body().path("lines").path("linux").asText())
                .isEqualTo("the line --id " + FakeServices.ACTIVATION);
        assertThat(answer.body().path("amazonScript").asText())
                .contains("-register -y -id " + FakeServices.ACTIVATION, "https://console.example:8444", "MIIB")
                .doesNotContain("code-once");
        assertThat(api.services.changes.get(0)).contains("1970-01-01T02:00:00Z").contains("a=b");
    }

    @Test
    void aSessionThatIsOverResumesWithItsEnd() {
        api.services.over = true;
        api.services.sessions.add(FakeServices.session("admin-3", SessionState.TERMINATED));

        Api.Answer answer = asAdmin("POST", "/sessions/admin-3/resume", null);

        assertThat(answer.body().path("token").isNull()).isTrue();
        assertThat(answer.body().path("endText").asText()).isEqualTo("Nothing was typed for too long.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/session|{|400|body-invalid",
                "POST|/session|null|400|body-invalid",
                "POST|/session|{}|400|body-invalid",
                "POST|/session|{\"user\":\"a\",\"user\":\"b\",\"password\":\"x\"}|400|body-invalid",
                "POST|/session|{\"user\":\"a\",\"password\":\"x\",\"other\":1}|400|body-invalid",
                "POST|/session|{\"user\":1,\"password\":\"x\"}|400|body-invalid",
                "POST|/session|{\"user\":\"a\",\"password\":\"x\"} {}|400|body-invalid",
                "POST|/activations|{\"tags\":{\"a\":null}}|400|body-invalid",
                "POST|/sessions|{\"target\":\"t\",\"parameters\":{\"a\":[null]}}|400|body-invalid",
                "POST|/sessions|[]|400|body-invalid",
                "GET|/nodes/mi-unknown||404|node-unknown",
                "GET|/nowhere||404|not-found",
                "PUT|/nodes||405|method-not-allowed",
                "GET|/nodes?max=many||404|not-found"
            })
    void whatCannotBeUnderstoodIsAProblem(String method, String path, String body, int status, String problem) {
        Api.Answer answer = asAdmin(method, path, body);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.header("Content-Security-Policy")).isNotEmpty();
        assertThat(api.services.changes).isEmpty();
    }

    @Test
    void aBodyOfAnotherTypeIsRefused() {
        Map<String, String> headers = Api.page();
        headers.put("Content-Type", "text/plain");

        Api.Answer answer = api.call("POST", "/session", headers, credentials("admin", FakeServices.PASSWORD));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.problem()).isEqualTo("media-type-unsupported");
    }

    @Test
    void bodiesAreBoundedInSizeAndDepth() {
        assertThat(signIn(credentials("admin", "x".repeat(BodyLimit.MAX_BYTES))).status())
                .isEqualTo(413);
        assertThat(asAdmin("POST", "/sessions", "[".repeat(40) + "]".repeat(40)).problem())
                .isEqualTo("body-invalid");
    }

    @Test
    void whatIsAwayIsToldWithWhenToTryAgain() {
        api.services.away = true;

        Api.Answer answer = asAdmin("GET", "/nodes", null);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("service-away");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void aDefectIsNotToldInDetail() {
        api.services.defect = true;

        Api.Answer answer = asAdmin("GET", "/nodes", null);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body().toString()).doesNotContain("secret");
        assertThat(answer.body().path("detail").asText())
                .contains(answer.body().path("reference").asText());
    }

    @Test
    void anotherSiteMayNotEvenRead() {
        Map<String, String> headers = Api.page(api.services.session("admin"));
        headers.put("Sec-Fetch-Site", "cross-site");
        headers.remove("Origin");
        assertThat(api.call("GET", "/nodes", headers, null).problem()).isEqualTo("request-forged");

        headers.put("Sec-Fetch-Site", "none");
        assertThat(api.call("GET", "/nodes", headers, null).status()).isEqualTo(200);
    }
}
