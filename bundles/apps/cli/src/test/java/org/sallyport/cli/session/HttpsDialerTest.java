package org.sallyport.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.channel.websocket.WebSocketConnector;
import org.sallyport.cli.testing.TestApi;
import org.sallyport.protocol.sigv4.SigningCredentials;

@Timeout(60)
class HttpsDialerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"SessionId\":\"s-1\",\"TokenValue\":\"fresh\"} | token fresh",
                "200 | {\"SessionId\":\"s-1\"} | over",
                "200 | {\"SessionId\":\"s-1\",\"TokenValue\":\"\"} | over",
                "400 | {\"__type\":\"DoesNotExistException\",\"message\":\"no such session\"} | refused DoesNotExistException: no such session",
                "404 | no such page | away the service answered with status 404",
                "503 | {\"__type\":\"ServiceUnavailable\",\"message\":\"starting\"} | away starting",
                "429 | {\"__type\":\"ThrottlingException\",\"message\":\"slower\"} | away slower"
            })
    void tellsWhatCameOfAResume(int status, String body, String expected) throws Exception {
        try (TestApi api = new TestApi((target, request) -> new TestApi.Answer(status, body));
                ServiceClient client = new ServiceClient(settings(api));
                WebSocketConnector connector = new WebSocketConnector(CaTrust.systemRoots(), ProxySettings.direct());
                HttpsDialer dialer = new HttpsDialer(client, connector)) {

            assertThat(resume(dialer)).isEqualTo(expected);
            assertThat(api.requests().get(0)).isEqualTo("AmazonSSM.ResumeSession {\"SessionId\":\"s-1\"}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"Sessions\":[{\"Details\":\"CLIENT_LOST: away\"}]} | over CLIENT_LOST: away",
                "200 | {\"Sessions\":[]} | over",
                "400 | {\"__type\":\"AccessDeniedException\",\"message\":\"no\"} | over"
            })
    void tellsWhyASessionIsOverAsTheHistoryHasIt(int status, String history, String expected) throws Exception {
        try (TestApi api = new TestApi((target, request) -> target.endsWith("DescribeSessions")
                        ? new TestApi.Answer(status, history)
                        : new TestApi.Answer(200, "{\"SessionId\":\"s-1\"}"));
                ServiceClient client = new ServiceClient(settings(api));
                WebSocketConnector connector = new WebSocketConnector(CaTrust.systemRoots(), ProxySettings.direct());
                HttpsDialer dialer = new HttpsDialer(client, connector)) {

            assertThat(resume(dialer)).isEqualTo(expected);
            assertThat(api.requests().get(1))
                    .isEqualTo("AmazonSSM.DescribeSessions {\"State\":\"History\",\"Filters\":"
                            + "[{\"key\":\"SessionId\",\"value\":\"s-1\"}]}");
        }
    }

    private static String resume(Dialer dialer) throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        dialer.resume("s-1", new Dialer.Answer() {
            @Override
            public void token(String token) {
                told.complete("token " + token);
            }

            @Override
            public void over(String cause) {
                told.complete(("over " + cause).strip());
            }

            @Override
            public void away(String why) {
                told.complete("away " + why);
            }

            @Override
            public void refused(String why) {
                told.complete("refused " + why);
            }
        });
        return told.get(20, TimeUnit.SECONDS);
    }

    private static ServiceSettings settings(TestApi api) {
        SigningCredentials key = new SigningCredentials("AKIA", "secret", Optional.empty());
        return new ServiceSettings(
                api.uri(),
                "onprem-1",
                CaTrust.ofPem(List.of(api.caPem())),
                ProxySettings.direct(),
                () -> key,
                Duration.ofSeconds(10),
                1);
    }
}
