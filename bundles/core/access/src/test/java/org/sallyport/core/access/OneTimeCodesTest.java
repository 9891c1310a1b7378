package org.sallyport.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OneTimeCodesTest {
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** RFC 6238, appendix B, the last six of eight digits. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void computesWhatTheStandardSays(long time, String code) {
        assertThat(OneTimeCodes.code(SECRET, time / 30)).isEqualTo(code);
        assertThat(OneTimeCodes.step(SECRET, code, Instant.ofEpochSecond(time))).hasValue(time / 30);
    }

    @Test
    void takesTheStepsBesideThePresentOneOnly() {
        assertThat(OneTimeCodes.step(SECRET, "287082", Instant.ofEpochSecond(59 + 30)))
                .hasValue(1);
        assertThat(OneTimeCodes.step(SECRET, "287082", Instant.ofEpochSecond(59 + 61)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "28708", "2870820", "28708x", "٢٨٧٠٨٢", "287082\n"})
    void takesSixDigitsOnly(String code) {
        assertThat(OneTimeCodes.step(SECRET, code, Instant.ofEpochSecond(59))).isEmpty();
    }

    @Test
    void readsTheBase32ThatAuthenticatorsGet() {
        assertThat(UniqueIds.unbase32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")).isEqualTo(SECRET);
    }
}
