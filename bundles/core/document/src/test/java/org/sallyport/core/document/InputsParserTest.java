package org.sallyport.core.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.api.document.SessionDocument;
import org.sallyport.api.document.SessionInputs;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

class InputsParserTest {

    @Test
    void readsLimitsInMinutesAndTheChoiceForRecording() {
        assertThat(inputs(
                        "\"idleSessionTimeout\":\"60\",\"maxSessionDuration\":\"1440\",\"recordingFailure\":\"open\""))
                .isEqualTo(new SessionInputs(Optional.of(Duration.ofHours(1)), Optional.of(Duration.ofDays(1)), true));
        assertThat(inputs("\"idleSessionTimeout\":\"1\",\"maxSessionDuration\":\"\",\"recordingFailure\":\"close\""))
                .isEqualTo(new SessionInputs(Optional.of(Duration.ofMinutes(1)), Optional.empty(), false));
    }

    @Test
    void asksForNothingWithoutInputs() {
        assertThat(inputs("\"kmsKeyId\":\"\"")).isEqualTo(SessionInputs.NONE);
        assertThat(resolved("{\"schemaVersion\":\"1.0\",\"sessionType\":\"Port\"}")
                        .inputs())
                .isEqualTo(SessionInputs.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "idleSessionTimeout | \"0\"",
                "idleSessionTimeout | \"61\"",
                "idleSessionTimeout | \" 20\"",
                "idleSessionTimeout | \"020\"",
                "idleSessionTimeout | \"-1\"",
                "idleSessionTimeout | \"1.5\"",
                "idleSessionTimeout | \"\u0661\"",
                "idleSessionTimeout | 20",
                "idleSessionTimeout | null",
                "maxSessionDuration | \"1441\"",
                "maxSessionDuration | \"99999999999\"",
                "maxSessionDuration | [\"5\"]",
                "recordingFailure | \"Open\"",
                "recordingFailure | \"\"",
                "recordingFailure | true"
            })
    void refusesOtherValuesAndNamesTheInput(String name, String value) {
        assertThatThrownBy(() -> inputs("\"%s\":%s".formatted(name, value)))
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(CommonError.INVALID_ARGUMENT))
                .hasMessageContaining(name);
    }

    @Test
    void givesNodesTheTextAsItIsButForTheChoiceThatIsNotTheirs() {
        String plain = document("\"idleSessionTimeout\": \"20\"");
        assertThat(resolved(plain).contentJson()).isEqualTo(plain);
        assertThat(resolved(document("\"idleSessionTimeout\":\"20\",\"recordingFailure\":\"open\""))
                        .contentJson())
                .isEqualTo(document("\"idleSessionTimeout\":\"20\""));
    }

    private static SessionInputs inputs(String members) {
        return resolved(document(members)).inputs();
    }

    private static SessionDocument resolved(String json) {
        return DocumentParser.parse(json).resolve("Doc", "arn", Map.of()).document();
    }

    private static String document(String inputs) {
        return "{\"schemaVersion\":\"1.0\",\"sessionType\":\"Standard_Stream\",\"inputs\":{" + inputs + "}}";
    }
}
