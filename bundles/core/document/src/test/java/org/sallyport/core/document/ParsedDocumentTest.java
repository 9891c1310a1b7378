package org.sallyport.core.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.api.document.DocumentError;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

class ParsedDocumentTest {
    private static final ParsedDocument PORT = DocumentParser.parse(
            document(
                    """
            "portNumber":{"type":"String","allowedPattern":"^([1-9][0-9]{0,4})$","default":"80"},
            "kind":{"type":"String","allowedValues":["LocalPortForwarding","Other"],"default":"Other"},
            "host":{"type":"String","description":"no default"}"""));

    @Test
    void flattensListsAndAddsDefaults() {
        assertThat(resolve(Map.of("host", List.of("db"), "portNumber", List.of("5432"))))
                .containsExactlyInAnyOrderEntriesOf(Map.of("host", "db", "portNumber", "5432", "kind", "Other"));
    }

    static Stream<Map<String, List<String>>> refused() {
        return Stream.of(
                Map.of(),
                Map.of("host", List.of()),
                Map.of("host", List.of("a", "b")),
                Map.of("host", List.of("a"), "surprise", List.of("b")),
                Map.of("host", List.of("a"), "portNumber", List.of("0")),
                Map.of("host", List.of("a"), "portNumber", List.of("80\n")),
                Map.of("host", List.of("a"), "portNumber", List.of("80;id")),
                Map.of("host", List.of("a"), "kind", List.of("other")));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesParametersThatTheDocumentDoesNotAllow(Map<String, List<String>> parameters) {
        assertThatThrownBy(() -> resolve(parameters))
                .isInstanceOfSatisfying(SallyportException.class, e -> assertThat(e.code())
                        .isEqualTo(DocumentError.PARAMETERS_INVALID));
    }

    @Test
    void saysWhichValueDoesNotMatchWhich() {
        assertThatThrownBy(() -> resolve(Map.of("host", List.of("a"), "portNumber", List.of("http"))))
                .hasMessage("Parameter \"portNumber\" has value \"http\" not matching \"^([1-9][0-9]{0,4})$\".");
    }

    @Test
    void matchesTheWholeValueAlsoWithoutAnchors() {
        ParsedDocument document =
                DocumentParser.parse(document("\"host\":{\"type\":\"String\",\"allowedPattern\":\"[a-z]+\"}"));

        assertThatThrownBy(() -> document.resolve("D", "arn", Map.of("host", List.of("abc; id"))))
                .isInstanceOf(SallyportException.class);
    }

    @Test
    void staysFastOnPatternsMadeToBeSlow() {
        ParsedDocument document =
                DocumentParser.parse(document("\"host\":{\"type\":\"String\",\"allowedPattern\":\"^(a+)+$\"}"));

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThatThrownBy(
                        () -> document.resolve("D", "arn", Map.of("host", List.of("a".repeat(20_000) + "b"))))
                .isInstanceOf(SallyportException.class));
    }

    static Stream<String> malformed() {
        return Stream.of(
                "",
                "[]",
                "{",
                "{\"schemaVersion\":\"2.2\",\"sessionType\":\"Port\"}",
                "{\"schemaVersion\":1.0,\"sessionType\":\"Port\"}",
                "{\"schemaVersion\":\"1.0\",\"sessionType\":\"Shell\"}",
                "{\"schemaVersion\":\"1.0\",\"schemaVersion\":\"1.0\",\"sessionType\":\"Port\"}",
                "{\"schemaVersion\":\"1.0\",\"sessionType\":\"Port\"} {}",
                "{\"schemaVersion\":\"1.0\",\"sessionType\":\"Port\",\"parameters\":[]}",
                "{\"schemaVersion\":\"1.0\",\"sessionType\":\"Port\",\"inputs\":" + "[".repeat(32) + "]".repeat(32)
                        + "}",
                "{\"schemaVersion\":\"1.0\",\"sessionType\":\"Port\",\"inputs\":[]}",
                "{\"schemaVersion\":\"1.0\",\"sessionType\":\"Port\",\"description\":\"" + "x".repeat(65_536) + "\"}",
                document("\"a b\":{\"type\":\"String\"}"),
                document("\"a\":{\"type\":\"StringList\"}"),
                document("\"a\":{}"),
                document("\"a\":{\"type\":\"String\",\"allowedPattern\":\"(?=x)\"}"),
                document("\"a\":{\"type\":\"String\",\"allowedPattern\":\"" + "x".repeat(1025) + "\"}"),
                document("\"a\":{\"type\":\"String\",\"allowedValues\":[1]}"),
                document("\"a\":{\"type\":\"String\",\"default\":[\"x\"]}"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesMalformedDocuments(String json) {
        assertThatThrownBy(() -> DocumentParser.parse(json))
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(CommonError.INVALID_ARGUMENT));
    }

    @Test
    void refusesADefaultThatItsOwnRuleForbids() {
        String json = document("\"a\":{\"type\":\"String\",\"allowedValues\":[\"x\"],\"default\":\"y\"}");

        assertThatThrownBy(() -> DocumentParser.parse(json)).isInstanceOf(SallyportException.class);
    }

    private static Map<String, String> resolve(Map<String, List<String>> parameters) {
        return PORT.resolve("D", "arn", parameters).flattened();
    }

    private static String document(String parameters) {
        return "{\"schemaVersion\":\"1.0\",\"sessionType\":\"Port\",\"parameters\":{" + parameters + "}}";
    }
}
