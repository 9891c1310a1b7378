package org.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.cli.session.Outcome;
import org.sallyport.cli.session.Outcome.How;
import org.sallyport.cli.testing.TestApi;
import org.sallyport.protocol.sigv4.SigningCredentials;

@Timeout(60)
class FarewellTest {
    private final ByteArrayOutputStream talk = new ByteArrayOutputStream();
    private TestApi.Answer answer = new TestApi.Answer(200, "{}");
    private TestApi api;

    @BeforeEach
    void start() throws IOException {
        api = new TestApi((target, request) -> answer);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void anOrdinaryEndIsZero() {
        assertThat(say(How.ENDED, "")).isZero();

        assertThat(text()).isEqualTo("Session s-1 ended.");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void anEndByTheServerIsThreeAndItsTextHarmless() {
        assertThat(say(How.CLOSED, "ended by\nbob\u001b[2J")).isEqualTo(3);

        assertThat(text()).isEqualTo("Session s-1: ended by\nbob?[2J");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void aSessionThatGoesOnElsewhereIsFiveAndNotEnded() {
        assertThat(say(How.MOVED, "It goes on.\u001b[2J")).isEqualTo(5);

        assertThat(text()).isEqualTo("It goes on.?[2J");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void whoLeavesEndsTheSessionOnTheServer() {
        assertThat(say(How.LEFT, "")).isEqualTo(4);

        assertThat(text()).contains("was left").contains("ended on the server");
        assertThat(api.requests()).containsExactly("AmazonSSM.TerminateSession {\"SessionId\":\"s-1\"}");
    }

    @Test
    void aLostSessionIsOneAndIsEndedAsWell() {
        assertThat(say(How.LOST, "The output cannot be written: Broken pipe")).isEqualTo(1);

        assertThat(text()).contains("Broken pipe");
        assertThat(api.requests()).hasSize(1);
    }

    @Test
    void saysWhenTheServerCouldNotEndIt() {
        answer = new TestApi.Answer(400, "{\"__type\":\"AccessDeniedException\",\"message\":\"not yours\"}");

        assertThat(say(How.LEFT, "")).isEqualTo(4);

        assertThat(text()).contains("could not be ended (not yours)");
    }

    private int say(How how, String text) {
        SigningCredentials key = new SigningCredentials("AKIA", "secret", Optional.empty());
        ServiceSettings settings = new ServiceSettings(
                api.uri(), "onprem-1", CaTrust.ofPem(List.of(api.caPem())), ProxySettings.direct(), () -> key);
        return new Farewell("s-1", new Outcome(how, text)).say(settings, new PrintStream(talk, true));
    }

    private String text() {
        return talk.toString(StandardCharsets.UTF_8).strip();
    }
}
