package org.sallyport.channel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sallyport.channel.testing.TestApi;
import org.sallyport.channel.testing.TestCa;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.protocol.sigv4.Authorization;
import org.sallyport.protocol.sigv4.HttpRequestView;
import org.sallyport.protocol.sigv4.SigV4Verifier;
import org.sallyport.protocol.sigv4.SigningCredentials;

class ServiceClientTest {
    private static final SigningCredentials KEY =
            new SigningCredentials("AKIDEXAMPLE", "a secret", Optional.of("a token"));
    private static final JsonNode BODY = JsonNodeFactory.instance.objectNode().put("Target", "mi-0123456789abcdef0");

    private final TestCa ca = new TestCa("Test authority");
    private final CountDownLatch release = new CountDownLatch(1);
    private TestApi api;

    @AfterEach
    void stop() {
        release.countDown();
        if (api != null) {
            api.close();
        }
    }

    @Test
    void signedCallsVerifyOnTheOtherSide() throws Exception {
        serve(exchange -> {
            HttpRequestView request = view(exchange);
            try {
                Authorization signature = Authorization.parse(request);
                boolean good = SigV4Verifier.hmacMatches(request, signature, "a secret")
                        && signature.service().equals("ssm")
                        && signature.sessionToken().equals(Optional.of("a token"));
                TestApi.answer(exchange, good ? 200 : 403, "{\"SessionId\":\"s-1\"}");
            } catch (Exception e) {
                TestApi.answer(exchange, 400, "{}");
            }
        });
        try (ServiceClient client = client(1)) {
            assertThat(client.call("AmazonSSM.StartSession", BODY)
                            .path("SessionId")
                            .asText())
                    .isEqualTo("s-1");
        }
    }

    @Test
    void noThreadIsLeftByAClientThatIsClosed() throws Exception {
        serve(exchange -> TestApi.answer(exchange, 200, "{}"));
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Set<Thread> its;
        try (ServiceClient client = client(1)) {
            client.call("AmazonSSM.StartSession", BODY);
            its = new HashSet<>(Thread.getAllStackTraces().keySet());
            its.removeAll(before);
            its.removeIf(thread -> thread.getThreadGroup() == null
                    || !thread.getThreadGroup().getName().equals("sallyport-channel-api"));
            assertThat(its).anyMatch(thread -> thread.getName().contains("SelectorManager"));
        }

        for (Thread thread : its) {
            thread.join(30_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    @Test
    void registrationCarriesNoSignature() throws Exception {
        serve(exchange -> TestApi.answer(
                exchange,
                exchange.getRequestHeaders().containsKey("Authorization") ? 400 : 200,
                "{\"InstanceId\":\"mi-1\"}"));
        try (ServiceClient client = client(1)) {
            assertThat(client.callUnsigned("AmazonSSM.RegisterManagedInstance", BODY)
                            .path("InstanceId")
                            .asText())
                    .isEqualTo("mi-1");
        }
    }

    @Test
    void theRoleTokenIsAskedForWithTheNodesKey() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        serve(exchange -> {
            HttpRequestView request = view(exchange);
            try {
                Authorization signature = Authorization.parse(request);
                boolean good = SigV4Verifier.rsaPssMatches(request, signature, keys.getPublic())
                        && signature.accessKeyId().equals("mi-1");
                TestApi.answer(exchange, good ? 200 : 403, "{}");
            } catch (Exception e) {
                TestApi.answer(exchange, 400, "{}");
            }
        });
        try (ServiceClient client = client(1)) {
            assertThat(client.callWithNodeKey(
                            "AmazonSSM.RequestManagedInstanceRoleToken", BODY, "mi-1", keys.getPrivate()))
                    .isEmpty();
        }
    }

    @Test
    void channelTokensComeFromXml() throws Exception {
        serve(exchange -> TestApi.answer(
                exchange,
                201,
                "<CreateDataChannelResponse xmlns=\"http://ssmmessages.amazonaws.com/doc/2017-10-01/\">"
                        + "<MessageSchemaVersion>1.0</MessageSchemaVersion><TokenValue>opaque&amp;1</TokenValue>"
                        + "</CreateDataChannelResponse>"));
        try (ServiceClient client = client(1)) {
            assertThat(client.channelToken("/v1/data-channel/s-1", BODY)).isEqualTo("opaque&1");
        }
    }

    @Test
    void xmlWithADocumentTypeIsRefused() throws Exception {
        serve(exchange -> TestApi.answer(
                exchange,
                201,
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a><TokenValue>&x;</TokenValue></a>"));
        try (ServiceClient client = client(1)) {
            assertThatThrownBy(() -> client.channelToken("/v1/data-channel/s-1", BODY))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void errorsCarryAwsNameAndMessage() throws Exception {
        serve(exchange -> TestApi.answer(
                exchange,
                400,
                "{\"__type\":\"com.amazonaws#TargetNotConnected\",\"message\":\"mi-1 is\\u001b away\"}"));
        try (ServiceClient client = client(4)) {
            assertThatThrownBy(() -> client.call("AmazonSSM.StartSession", BODY))
                    .isInstanceOfSatisfying(ServiceException.class, e -> {
                        assertThat(e.status()).isEqualTo(400);
                        assertThat(e.code()).isEqualTo("TargetNotConnected");
                        assertThat(e.getMessage()).isEqualTo("mi-1 is  away");
                    });
        }
    }

    @Test
    void channelErrorsInXmlAreUnderstood() throws Exception {
        serve(exchange -> TestApi.answer(
                exchange, 403, "<AccessDeniedException><Message>not yours</Message></AccessDeniedException>"));
        try (ServiceClient client = client(1)) {
            assertThatThrownBy(() -> client.channelToken("/v1/control-channel/mi-1", BODY))
                    .hasToString("AccessDeniedException: not yours");
        }
    }

    @Test
    void serverErrorsAndThrottlingAreTriedAgainOthersAreNot() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        serve(exchange -> {
            int call = calls.incrementAndGet();
            TestApi.answer(
                    exchange,
                    call == 1 ? 503 : call == 2 ? 400 : 200,
                    call == 2 ? "{\"__type\":\"ThrottlingException\"}" : "{\"ok\":true}");
        });
        try (ServiceClient client = client(4)) {
            assertThat(client.call("AmazonSSM.DescribeSessions", BODY)
                            .path("ok")
                            .asBoolean())
                    .isTrue();
            assertThat(calls).hasValue(3);
        }
    }

    @Test
    void theLastTryTellsTheError() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        serve(exchange -> {
            calls.incrementAndGet();
            TestApi.answer(exchange, 500, "boom");
        });
        try (ServiceClient client = client(2)) {
            assertThatThrownBy(() -> client.call("AmazonSSM.DescribeSessions", BODY))
                    .isInstanceOfSatisfying(
                            ServiceException.class, e -> assertThat(e.status()).isEqualTo(500));
            assertThat(calls).hasValue(2);
        }
    }

    @Test
    void answersOverOneMebibyteAreRefused() throws Exception {
        serve(exchange -> TestApi.answer(exchange, 200, "\"" + "x".repeat(1 << 20) + "\""));
        try (ServiceClient client = client(1)) {
            assertThatThrownBy(() -> client.call("AmazonSSM.DescribeSessions", BODY))
                    .isInstanceOf(IOException.class)
                    .hasStackTraceContaining("larger than");
        }
    }

    @Test
    void anAnswerThatNeverEndsMeetsTheDeadline() throws Exception {
        serve(this::begin);
        ServiceSettings settings = new ServiceSettings(
                api.uri("localhost"),
                "onprem-1",
                trust(),
                ProxySettings.direct(),
                () -> KEY,
                Duration.ofMillis(500),
                1);
        try (ServiceClient client = new ServiceClient(settings)) {
            assertThatThrownBy(() -> client.call("AmazonSSM.DescribeSessions", BODY))
                    .isInstanceOf(HttpTimeoutException.class);
        }
    }

    @Test
    void aTokenIsAskedForWithADeadlineOfItsOwn() throws Exception {
        serve(this::begin);
        try (ServiceClient client = client(1)) {
            assertThatThrownBy(() -> client.channelToken("/v1/data-channel/s-1", BODY, Duration.ofMillis(500)))
                    .isInstanceOf(HttpTimeoutException.class)
                    .hasMessageContaining("0.5");
        }
    }

    @Test
    void theHostNameIsChecked() throws Exception {
        api = new TestApi(ca.serverContext("other.example"), exchange -> TestApi.answer(exchange, 200, "{}"));
        try (ServiceClient client = client(1)) {
            assertThatThrownBy(() -> client.call("AmazonSSM.DescribeSessions", BODY))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot be reached");
        }
    }

    @Test
    void upgradesAreSignedForTheMessageGateway() throws Exception {
        serve(exchange -> TestApi.answer(exchange, 404, ""));
        URI channel = URI.create("wss://localhost:8444/v1/control-channel/mi-1?role=subscribe&stream=input");
        try (ServiceClient client = client(1)) {
            List<Map.Entry<String, String>> headers = new ArrayList<>(client.upgradeHeaders(channel));
            headers.add(Map.entry("Host", "localhost:8444"));
            HttpRequestView request = new HttpRequestView(
                    "GET", "/v1/control-channel/mi-1", "role=subscribe&stream=input", headers, new byte[0]);

            Authorization signature = Authorization.parse(request);
            assertThat(signature.service()).isEqualTo("ssmmessages");
            assertThat(SigV4Verifier.hmacMatches(request, signature, "a secret"))
                    .isTrue();
        }
    }

    @Test
    void plainHttpEndpointsAreRefused() {
        assertThatThrownBy(() -> new ServiceSettings(
                        URI.create("http://localhost"), "r", trust(), ProxySettings.direct(), () -> KEY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** An answer that never ends. */
    private void begin(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 100);
        exchange.getResponseBody().write("{".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Answerer {
        void answer(HttpExchange exchange) throws IOException;
    }

    private void serve(Answerer answerer) throws IOException {
        api = new TestApi(ca.serverContext("localhost"), answerer::answer);
    }

    private CaTrust trust() {
        return CaTrust.ofPem(List.of(ca.pem()));
    }

    private ServiceClient client(int attempts) {
        return new ServiceClient(new ServiceSettings(
                api.uri("localhost"),
                "onprem-1",
                trust(),
                ProxySettings.direct(),
                () -> KEY,
                ServiceSettings.DEFAULT_DEADLINE,
                attempts));
    }

    private static HttpRequestView view(HttpExchange exchange) throws IOException {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        exchange.getRequestHeaders().forEach((name, values) -> values.forEach(v -> headers.add(Map.entry(name, v))));
        return new HttpRequestView(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                "",
                headers,
                exchange.getRequestBody().readAllBytes());
    }
}
