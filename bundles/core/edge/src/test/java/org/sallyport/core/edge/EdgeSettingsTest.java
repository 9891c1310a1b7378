package org.sallyport.core.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

class EdgeSettingsTest {
    private static EdgeSettings settings(Map<String, Object> attributes, Map<String, String> properties) {
        return EdgeSettings.from(Configs.of(attributes), properties::get);
    }

    @Test
    void defaultsServeOneMachine() {
        EdgeSettings settings = settings(Map.of(), Map.of());

        assertThat(settings.region()).isEqualTo("onprem-1");
        assertThat(settings.accountId()).isEqualTo("000000000000");
        assertThat(settings.names()).containsExactly("localhost");
        assertThat(settings.apiPort()).isEqualTo(8443);
        assertThat(settings.channelPort()).isEqualTo(8444);
        assertThat(settings.api()).isEqualTo(URI.create("https://localhost:8443"));
        assertThat(settings.channel()).isEqualTo(URI.create("wss://localhost:8444"));
        assertThat(settings.tlsDays()).isEqualTo(397);
        assertThat(settings.operatorTls()).isEmpty();
    }

    @Test
    void everyAttributeCounts() {
        EdgeSettings settings = settings(
                Map.ofEntries(
                        Map.entry("region", "eu-cellar-7"),
                        Map.entry("account_id", "123456789012"),
                        Map.entry("names", new String[] {"gate.example.org", "10.0.0.7"}),
                        Map.entry("api_port", 9443),
                        Map.entry("channel_port", 9444),
                        Map.entry("api_url", "https://api.example.org/"),
                        Map.entry("channel_url", "wss://channel.example.org:444"),
                        Map.entry("tls_days", 90),
                        Map.entry("tls_chain", "/c.pem"),
                        Map.entry("tls_key", "/k.pem"),
                        Map.entry("tls_ca", "/a.pem")),
                Map.of("sallyport.region", "ignored", "sallyport.names", "ignored", "sallyport.api.port", "1"));

        assertThat(settings)
                .isEqualTo(new EdgeSettings(
                        "eu-cellar-7",
                        "123456789012",
                        java.util.List.of("gate.example.org", "10.0.0.7"),
                        9443,
                        9444,
                        URI.create("https://api.example.org"),
                        URI.create("wss://channel.example.org:444"),
                        90,
                        java.util.Optional.of(new EdgeSettings.OperatorFiles(
                                Path.of("/c.pem"), Path.of("/k.pem"), Path.of("/a.pem")))));
    }

    @Test
    void propertiesFillWhatTheConfigurationLeavesOpen() {
        EdgeSettings settings = settings(
                Map.of(),
                Map.of(
                        "sallyport.region", "home-1",
                        "sallyport.names", "::1, gate.example.org,::1",
                        "sallyport.api.port", "1443",
                        "sallyport.channel.port", "1444"));

        assertThat(settings.region()).isEqualTo("home-1");
        assertThat(settings.names()).containsExactly("::1", "gate.example.org");
        assertThat(settings.api()).isEqualTo(URI.create("https://[::1]:1443"));
        assertThat(settings.channel()).isEqualTo(URI.create("wss://[::1]:1444"));
    }

    @ParameterizedTest
    @CsvSource({
        "region, region, Onprem/1",
        "account_id, account.id, 12345",
        "api_url, api.url, http://gate.example.org",
        "api_url, api.url, https://gate.example.org/path",
        "api_url, api.url, https://user@gate.example.org",
        "channel_url, channel.url, https://gate.example.org",
        "channel_url, channel.url, not a url",
        "tls_key, tls.key, /only-the-key.pem",
    })
    void impossibleTextIsRefusedByName(String attribute, String named, String value) {
        assertThatThrownBy(() -> settings(Map.of(attribute, value), Map.of()))
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(CommonError.INVALID_ARGUMENT))
                .hasMessageContaining(named)
                .hasMessageContaining(value);
    }

    @ParameterizedTest
    @CsvSource({"api_port, 70000", "api_port, -1", "channel_port, 8443", "tls_days, 89", "tls_days, 398"})
    void impossibleNumbersAreRefusedByName(String attribute, int value) {
        assertThatThrownBy(() -> settings(Map.of(attribute, value), Map.of()))
                .isInstanceOf(SallyportException.class)
                .hasMessageContaining(attribute.replace('_', '.'))
                .hasMessageContaining("" + value);
    }

    @ParameterizedTest
    @CsvSource({"gate.example.org:8443", "https://gate", "under_score", "-a", "300.1.1.1", "a..b"})
    void impossibleNamesAreRefused(String name) {
        assertThatThrownBy(() -> settings(Map.of("names", new String[] {name}), Map.of()))
                .isInstanceOf(SallyportException.class)
                .hasMessageContaining("names")
                .hasMessageContaining(name);
    }

    @Test
    void aPortPropertyThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> settings(Map.of(), Map.of("sallyport.api.port", "https")))
                .isInstanceOf(SallyportException.class)
                .hasMessageContaining("api.port is 'https'");
    }
}
