package org.sallyport.cli.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.cli.testing.TestApi;
import org.sallyport.protocol.sigv4.SigningCredentials;

@Timeout(60)
class PagesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ALL = 120;
    private static final Pages PAGES = new Pages("AmazonSSM.Describe", "Items", 50);

    private TestApi api;
    private ServiceClient client;

    @BeforeEach
    void start() throws IOException {
        api = new TestApi((target, request) -> page(request));
        URI uri = api.uri();
        client = new ServiceClient(new ServiceSettings(
                uri,
                "onprem-1",
                CaTrust.ofPem(List.of(api.caPem())),
                ProxySettings.fromEnvironment(Map.of()),
                () -> new SigningCredentials("AKIA", "hush", Optional.empty())));
    }

    @AfterEach
    void stop() {
        client.close();
        api.close();
    }

    /** A list of numbers with a least and a largest page. */
    private static TestApi.Answer page(String text) {
        try {
            var request = JSON.readTree(text);
            int size = request.path("MaxResults").asInt();
            if (size < Pages.LEAST || size > 50) {
                return new TestApi.Answer(400, "{\"__type\":\"ValidationException\",\"message\":\"" + size + "\"}");
            }
            int from = Integer.parseInt(request.path("NextToken").asText("0"));
            ObjectNode answer = JSON.createObjectNode();
            ArrayNode items = answer.putArray("Items");
            for (int n = from; n < Math.min(ALL, from + size); n++) {
                items.add(n);
            }
            if (from + size < ALL) {
                answer.put("NextToken", Integer.toString(from + size));
            }
            return new TestApi.Answer(200, answer.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 49, 50, 51, 52, 54, 55, 99, 101, 119, 120, 121, 1000})
    void stopsWhereItWasAskedToAndGoesOnFromThere(int most) throws IOException {
        Pages.Found found = PAGES.read(client, JsonNodeFactory.instance.objectNode(), Optional.empty(), most);

        assertThat(found.items()).hasSize(Math.min(most, ALL));
        assertThat(found.next()).isEqualTo(most < ALL ? Optional.of(Integer.toString(most)) : Optional.empty());
        if (found.next().isPresent()) {
            Pages.Found rest = PAGES.read(client, JsonNodeFactory.instance.objectNode(), found.next(), 1000);
            assertThat(rest.items().get(0).asInt()).isEqualTo(most);
            assertThat(rest.items()).hasSize(ALL - most);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31, 2026-01-30T23:00:00Z",
        "2026-01-31T08:00:00Z, 2026-01-31T08:00:00Z",
        "90m, 2026-02-01T10:30:00Z",
        "2h, 2026-02-01T10:00:00Z",
        "7d, 2026-01-25T12:00:00Z"
    })
    void understandsTimes(String text, Instant expected) {
        Instant now = Instant.parse("2026-02-01T12:00:00Z");

        assertThat(Moments.before(now, ZoneId.of("Europe/Berlin"), text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2h30m", "-2h", "2026-02-30", "9999999d"})
    void refusesWhatIsNoTime(String text) {
        assertThatThrownBy(() -> Moments.after(Instant.EPOCH, ZoneId.of("UTC"), text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no time");
    }
}
