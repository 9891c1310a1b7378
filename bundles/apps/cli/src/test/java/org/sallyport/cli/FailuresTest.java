package org.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.sallyport.channel.api.ServiceException;

class FailuresTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void measuresAClockThatIsWrongByWhatTheServerSaysOfItsOwn() {
        assertThat(
                        text(
                                "InvalidSignatureException",
                                "Signature expired: 20260131T120000Z is now earlier than 20260131T124500Z (20260131T130000Z - 15 min.)"))
                .contains("3600 s behind the server's");
        assertThat(
                        text(
                                "InvalidSignatureException",
                                "Signature not yet current: 20260131T120000Z is still later than 20260131T114500Z (20260131T113000Z + 15 min.)"))
                .contains("1800 s ahead of the server's");
    }

    @Test
    void aSignatureThatIsWrongOtherwiseIsOfTheSecret() {
        assertThat(text("InvalidSignatureException", "The request signature we calculated does not match"))
                .contains("secret does not fit")
                .doesNotContain("clock");
    }

    @Test
    void saysWhatToDoAboutCredentials() {
        assertThat(text("ExpiredTokenException", "too old")).startsWith("ExpiredTokenException: too old\n");
        assertThat(text("UnrecognizedClientException", "x"))
                .contains("sallyport login")
                .contains("configure");
        assertThat(text("AccessDeniedException", "x")).contains("policy");
    }

    @Test
    void addsNothingWhereNothingIsKnown() {
        assertThat(text("SomethingNew", "x")).isEqualTo("SomethingNew: x");
        assertThat(Failures.text(new IOException("disk full"), NOW)).isEqualTo("disk full");
    }

    private static String text(String code, String message) {
        return Failures.text(new ServiceException(400, code, message), NOW);
    }
}
