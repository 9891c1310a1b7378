package org.sallyport.protocol.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmazonAgentSetupTest {
    private static final String ID = "0f1e2d3c-4b5a-4697-8877-665544332211";
    private static final String PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    private static final URI API = URI.create("https://gate.example:8443");
    private static final URI CHANNEL = URI.create("wss://gate.example:8444");

    private static AmazonAgentSetup setup(List<String> authorities) {
        return new AmazonAgentSetup(API, URI.create("https://gate.example:8444"), "here-1", authorities);
    }

    @Test
    void callsGoToTheApiAndChannelsToTheirPort() {
        assertThat(setup(List.of()).configuration())
                .contains("\"Ssm\": { \"Endpoint\": \"https://gate.example:8443\" }")
                .contains("\"Mds\": { \"Endpoint\": \"https://gate.example:8443\" }")
                .contains("\"Mgs\": { \"Endpoint\": \"https://gate.example:8444\" }");
    }

    @Test
    void theScriptIsOneThatAShellCanReadAndHoldsNoCode() throws Exception {
        String script = setup(List.of(PEM, PEM)).script(ID);

        assertThat(script)
                .contains(
                        "sallyport-1.crt",
                        "sallyport-2.crt",
                        "-register -y -id " + ID + " -code \"$code\" -region here-1")
                .doesNotContainPattern("@[A-Z]+@");
        assertThat(check(script)).isZero();
        assertThat(check(setup(List.of()).script(ID))).isZero();
        assertThat(setup(List.of()).script(ID)).doesNotContain("trusted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$(id)", "a b", "", "eu\nid", "'x'"})
    void whatAShellWouldTakeForMoreIsRefused(String region) {
        URI channel = URI.create("https://gate.example:8444");
        assertThatThrownBy(() -> new AmazonAgentSetup(API, channel, region, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("region");
        assertThatThrownBy(() -> new AmazonAgentSetup(API, channel, "here-1", List.of(region)))
                .hasMessageContaining("certificate");
        assertThatThrownBy(() -> setup(List.of()).script(region)).hasMessageContaining("activation id");
    }

    @Test
    void anAddressOfAnotherSchemeIsRefused() {
        assertThatThrownBy(() -> new AmazonAgentSetup(API, CHANNEL, "here-1", List.of()))
                .hasMessageContaining("channel address");
    }

    private static int check(String script) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-n")
                .inheritIO()
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        try (var in = shell.getOutputStream()) {
            in.write(script.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return shell.exitValue();
    }
}
