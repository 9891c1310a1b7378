package org.sallyport.front.console.api;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.QueryParam;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.glassfish.jersey.server.model.Resource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.test.contract.KeptTrail;

/** Each route, taken from the resources: what it refuses, and that its answers are as described. One application for all of them, since it takes a while to make. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesTest {
    /** Bodies that are right, by route; one that has a body and is not here fails the test. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            entry("POST /session", "{\"user\":\"admin\",\"password\":\"" + FakeServices.PASSWORD + "\"}"),
            entry("POST /logins", "{\"user\":\"admin\",\"password\":\"" + FakeServices.PASSWORD + "\",\"minutes\":60}"),
            entry("DELETE /logins", "{\"accessKeyId\":\"ASIA1\",\"sessionToken\":\"token\"}"),
            entry("PUT /session/totp", "{\"code\":\"123456\"}"),
            entry("DELETE /session/totp", "{\"code\":\"123456\"}"),
            entry("POST /activations", "{\"sources\":[\"192.0.2.0/24\"],\"approval\":true}"),
            entry("PUT /nodes/{id}/role", "{\"role\":\"OtherRole\"}"),
            entry("POST /nodes/{id}/tags", "{\"set\":{\"team\":\"red\"},\"remove\":[\"stage\"]}"),
            entry("POST /nodes/{id}/machine", "{\"fingerprint\":\"f\",\"accept\":true}"),
            entry("PUT /settings/tier", "{\"value\":\"advanced\"}"),
            entry("PUT /settings/default-role", "{\"value\":\"$None\"}"),
            entry("POST /users", "{\"name\":\"bob\",\"tags\":{\"a\":\"b\"}}"),
            entry("PUT /users/{name}", "{\"path\":\"/ops/\"}"),
            entry("POST /users/{name}/tags", "{\"set\":{\"team\":\"red\"},\"remove\":[\"stage\"]}"),
            entry("PUT /users/{name}/keys/{key}", "{\"active\":false}"),
            entry("POST /users/{name}/password", "{\"password\":\"correct horse\"}"),
            entry("PUT /users/{name}/password", "{\"password\":\"correct horse\"}"),
            entry("PUT /users/{name}/inline/{policy}", "{\"document\":\"{}\"}"),
            entry("POST /groups", "{\"name\":\"admins\"}"),
            entry("PUT /groups/{name}", "{\"name\":\"others\"}"),
            entry("PUT /groups/{name}/inline/{policy}", "{\"document\":\"{}\"}"),
            entry("POST /roles", "{\"name\":\"Nodes\",\"trust\":\"{}\",\"hours\":2}"),
            entry("PUT /roles/{name}", "{\"description\":\"x\"}"),
            entry("PUT /roles/{name}/trust", "{\"document\":\"{}\"}"),
            entry("POST /roles/{name}/tags", "{\"set\":{\"team\":\"red\"},\"remove\":[\"stage\"]}"),
            entry("PUT /roles/{name}/inline/{policy}", "{\"document\":\"{}\"}"),
            entry("POST /policies", "{\"name\":\"Shells\",\"document\":\"{}\"}"),
            entry("POST /policies/policy/tags", "{\"set\":{\"team\":\"red\"},\"remove\":[\"stage\"]}"),
            entry("POST /policies/policy/versions", "{\"document\":\"{}\",\"makeDefault\":true}"),
            entry("POST /policies/review", "{\"document\":\"{}\",\"kind\":\"TRUST\"}"),
            entry("POST /simulations", "{\"actions\":[\"ssm:*\"],\"context\":{\"a\":[\"b\"]}}"),
            entry("POST /sessions", "{\"target\":\"" + FakeServices.NODE + "\"}"));

    /** What each person who is signed in may do about the own session, whatever the policies say. */
    private static final Set<String> OWN = Set.of(
            "GET /session",
            "DELETE /session",
            "POST /session/totp",
            "PUT /session/totp",
            "DELETE /session/totp",
            "GET /server",
            "GET /openapi.json");

    /** Streams have no answer that ends; the test of streams has them. */
    private static final String STREAM = "GET /events";

    /** Its answer is no JSON. */
    private static final String FILE = "GET /usage/csv";

    private final Api api = new Api();

    @BeforeEach
    void forget() {
        api.services.forget();
    }

    @AfterAll
    void close() {
        api.close();
    }

    static Stream<Route> routes() {
        return Route.of(ConsoleApplication.RESOURCES).stream();
    }

    static Stream<Route> guarded() {
        return routes().filter(route -> !route.open());
    }

    static Stream<Route> programs() {
        return routes().filter(Route::programs);
    }

    static Stream<Route> changing() {
        return guarded().filter(route -> !route.httpMethod().equals("GET"));
    }

    @Test
    void noRouteIsMissedAndSigningInAloneIsOpen() {
        long known = ConsoleApplication.RESOURCES.stream()
                .map(Resource::from)
                .mapToLong(RoutesTest::methods)
                .sum();

        assertThat(routes()).hasSize((int) known).hasSizeGreaterThan(18);
        assertThat(routes().filter(Route::open).map(RoutesTest::name))
                .containsExactly("POST /session", "DELETE /logins", "POST /logins");
        assertThat(routes().filter(Route::programs).map(RoutesTest::name))
                .containsExactly("DELETE /logins", "POST /logins");
        assertThat(routes().map(RoutesTest::name)).containsAll(OWN).containsAll(BODIES.keySet());
        assertThat(ConsoleApplication.singletons(api.services, api.streams, Api.CLOCK).stream()
                        .map(Object::getClass)
                        .filter(type -> type.isAnnotationPresent(jakarta.ws.rs.Path.class)))
                .containsExactlyInAnyOrderElementsOf(ConsoleApplication.RESOURCES);
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void withoutASessionItIsRefusedAndChangesNothing(Route route) {
        for (String cookie : new String[] {null, "", "unknown"}) {
            Map<String, String> headers = Api.page();
            if (cookie != null) {
                headers.put("Cookie", Guard.COOKIE + "=" + cookie);
                headers.put(Guard.FORGERY_HEADER, "forgery-" + cookie);
            }
            Api.Answer answer = call(route, headers);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.problem()).isEqualTo("signed-out");
            assertTold(route, "signed-out");
        }
        assertThat(api.services.changes).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void withoutRightsItIsRefusedAndChangesNothing(Route route) {
        Api.Answer answer = call(route, Api.page(api.services.session("nobody")));

        if (OWN.contains(name(route))) {
            assertThat(answer.status()).isEqualTo(route.status());
        } else {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.problem()).isEqualTo("access-denied");
            assertTold(route, "access-denied");
            assertThat(api.services.changes).isEmpty();
            assertThat(api.streams.count()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("changing")
    void withoutProofThatThePageAsksItIsRefusedAndChangesNothing(Route route) {
        String token = api.services.session("admin");
        Map<String, String> noToken = Api.page(token);
        noToken.remove(Guard.FORGERY_HEADER);
        Map<String, String> wrongToken = Api.page(token);
        wrongToken.put(Guard.FORGERY_HEADER, "forgery-of-another");
        Map<String, String> silent = Api.page(token);
        silent.keySet().removeAll(Set.of("Origin", "Sec-Fetch-Site"));
        Map<String, String> otherSite = Api.page(token);
        otherSite.put("Sec-Fetch-Site", "cross-site");
        Map<String, String> sibling = Api.page(token);
        sibling.put("Sec-Fetch-Site", "same-site");
        Map<String, String> otherOrigin = Api.page(token);
        otherOrigin.put("Origin", "https://evil.example");
        Map<String, String> noOrigin = Api.page(token);
        noOrigin.put("Origin", "null");

        for (Map<String, String> headers :
                List.of(noToken, wrongToken, silent, otherSite, sibling, otherOrigin, noOrigin)) {
            Api.Answer answer = call(route, headers);
            assertThat(answer.status()).as(headers.toString()).isEqualTo(403);
            assertThat(answer.problem()).isEqualTo("request-forged");
            assertTold(route, "request-forged");
        }
        assertThat(api.services.changes).isEmpty();
        assertThat(api.services.signedIn).containsKey(token);
    }

    @Test
    void theSignInFromAnotherSiteIsRefused() {
        Route signIn = routes().filter(route -> route.open() && !route.programs())
                .findFirst()
                .orElseThrow();
        Map<String, String> other = Api.page();
        other.put("Origin", "https://evil.example");

        assertThat(call(signIn, other).problem()).isEqualTo("request-forged");
        assertThat(call(signIn, Map.of()).problem()).isEqualTo("request-forged");
        assertThat(api.services.changes).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void whatIsForProgramsNoPageCanCall(Route route) {
        Map<String, String> own = Api.page(api.services.session("admin"));
        List<Map<String, String>> browsers = List.of(
                own,
                Map.of("Origin", "https://evil.example"),
                Map.of("Origin", "null"),
                Map.of("Sec-Fetch-Site", "none"),
                Map.of("Sec-Fetch-Site", "cross-site"));
        for (Map<String, String> headers : browsers) {
            Api.Answer answer = call(route, headers);
            assertThat(answer.status()).as(headers.toString()).isEqualTo(403);
            assertThat(answer.problem()).isEqualTo("request-forged");
        }
        assertThat(api.services.changes).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void itsAnswerIsAsDescribed(Route route) {
        JsonNode document = OpenApi.of(ConsoleApplication.RESOURCES);
        JsonNode operation = document.path("paths")
                .path(route.path())
                .path(route.httpMethod().toLowerCase(Locale.ROOT));
        assertThat(operation.isObject()).isTrue();
        if (name(route).equals(STREAM)) {
            assertThat(operation.at("/responses/200/content").has("text/event-stream"))
                    .isTrue();
            return;
        }
        SchemaCheck check = new SchemaCheck(document);
        route.body()
                .ifPresent(type -> check.require(
                        operation
                                .at("/requestBody/content")
                                .path("application/json")
                                .path("schema"),
                        read(body(route).orElseThrow())));

        Api.Answer answer = call(route, route.programs() ? Map.of() : Api.page(api.services.session("admin")));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(route.status());
        JsonNode described = operation.path("responses").path(Integer.toString(answer.status()));
        assertThat(described.isObject()).isTrue();
        if (name(route).equals(FILE)) {
            assertThat(described
                            .path("content")
                            .has(answer.header("Content-Type").replaceAll(";.*", "")))
                    .isTrue();
        } else if (route.status() != 204) {
            check.require(described.path("content").path("application/json").path("schema"), answer.body());
        }
        assertSafeHeaders(answer);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void itsRefusalIsAsDescribed(Route route) {
        JsonNode document = OpenApi.of(ConsoleApplication.RESOURCES);
        JsonNode problem = document.path("paths")
                .path(route.path())
                .path(route.httpMethod().toLowerCase(Locale.ROOT))
                .at("/responses/default/content")
                .path(Problem.MEDIA_TYPE)
                .path("schema");
        Map<String, String> headers = new HashMap<>(Api.page(api.services.session("admin")));
        headers.put("Origin", "https://evil.example");

        Api.Answer answer = call(route, headers);

        new SchemaCheck(document).require(problem, answer.body());
        assertThat(answer.header("Content-Type")).isEqualTo(Problem.MEDIA_TYPE);
        assertSafeHeaders(answer);
    }

    /** The refusal has its record. */
    private void assertTold(Route route, String failure) {
        KeptTrail.Told told = api.services.trail.last();
        assertThat(told.subject).isEqualTo(AuditNames.subject(route.resource(), route.method()));
        assertThat(told.failure.orElseThrow().code()).isEqualTo(failure);
        assertThat(told.answered && told.closed).isTrue();
    }

    private static void assertSafeHeaders(Api.Answer answer) {
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy")).isEqualTo("default-src 'none'; frame-ancestors 'none'");
    }

    private Api.Answer call(Route route, Map<String, String> headers) {
        String query = route.queryParameters().stream()
                .filter(parameter -> parameter.isAnnotationPresent(Needed.class))
                .map(parameter -> parameter.getAnnotation(QueryParam.class).value() + "=x")
                .collect(Collectors.joining("&"));
        String path = route.path().replace("{id}", FakeServices.NODE).replaceAll("\\{[a-z]+}", "bob")
                + (query.isEmpty() ? "" : "?" + query);
        return api.call(route.httpMethod(), path, headers, body(route).orElse(null));
    }

    private static Optional<String> body(Route route) {
        Optional<String> body = Optional.ofNullable(BODIES.get(name(route)));
        assertThat(body.isPresent()).as(name(route)).isEqualTo(route.body().isPresent());
        return body;
    }

    private static JsonNode read(String json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String name(Route route) {
        return route.httpMethod() + " " + route.path();
    }

    private static long methods(Resource resource) {
        return resource.getResourceMethods().size()
                + resource.getChildResources().stream()
                        .mapToLong(RoutesTest::methods)
                        .sum();
    }
}
