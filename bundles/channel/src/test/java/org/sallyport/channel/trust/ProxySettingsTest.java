package org.sallyport.channel.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxySettingsTest {

    @ParameterizedTest
    @CsvSource({
        "example.org, true",
        "deep.example.org, true",
        "notexample.org, false",
        "sub.other.net, true",
        "ported.net, true",
        "10.0.0.7, true",
        "10.0.0.8, false",
        "localhost, true",
        "127.0.0.1, true",
        "elsewhere.net, false",
    })
    void exceptionsAndLoopbackGoDirect(String host, boolean direct) {
        ProxySettings settings = ProxySettings.fromEnvironment(Map.of(
                "HTTPS_PROXY",
                "http://proxy.test:3128",
                "NO_PROXY",
                "example.org, .other.net,ported.net:443,10.0.0.7"));

        assertThat(settings.proxyFor(host, 443).isEmpty()).isEqualTo(direct);
    }

    @Test
    void anExceptionForOnePortLeavesOthersProxied() {
        ProxySettings settings =
                ProxySettings.fromEnvironment(Map.of("https_proxy", "proxy.test:3128", "no_proxy", "ported.net:443"));

        assertThat(settings.proxyFor("ported.net", 8443)).hasValueSatisfying(p -> {
            assertThat(p.getHostString()).isEqualTo("proxy.test");
            assertThat(p.getPort()).isEqualTo(3128);
        });
    }

    @Test
    void aStarTurnsTheProxyOff() {
        ProxySettings settings =
                ProxySettings.fromEnvironment(Map.of("https_proxy", "proxy.test:3128", "no_proxy", "*"));

        assertThat(settings.proxyFor("anything.net", 443)).isEmpty();
    }

    @Test
    void withoutVariablesThereIsNoProxy() {
        assertThat(ProxySettings.fromEnvironment(Map.of()).proxyFor("anything.net", 443))
                .isEmpty();
    }

    @Test
    void aPasswordIsForTheProxyAlone() {
        ProxySettings settings = ProxySettings.fromEnvironment(
                Map.of("HTTPS_PROXY", "http://me:s%40cret@proxy.test:3128", "NO_PROXY", "direct.net"));

        assertThat(settings.authorizationFor(URI.create("https://anything.net")))
                .hasValue("Basic bWU6c0BjcmV0");
        assertThat(settings.authorizationFor(URI.create("https://direct.net"))).isEmpty();
        assertThat(settings.proxyFor("anything.net", 443))
                .hasValueSatisfying(p -> assertThat(p.getHostString()).isEqualTo("proxy.test"));
        assertThat(settings.toString()).doesNotContain("bWU6c0BjcmV0").doesNotContain("s@cret");
    }

    @Test
    void otherSchemesAndWhatCannotBeReadAreRefusedWithoutRepeatingPasswords() {
        assertThatThrownBy(() ->
                        ProxySettings.fromEnvironment(Map.of("HTTPS_PROXY", "http://me:sec ret^@proxy.test:3128")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageNotContaining("ret^");
        assertThatThrownBy(() -> ProxySettings.fromEnvironment(Map.of("HTTPS_PROXY", "socks5://proxy.test:1080")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
