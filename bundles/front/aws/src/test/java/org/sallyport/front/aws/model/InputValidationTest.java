package org.sallyport.front.aws.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.api.error.SallyportException;
import org.sallyport.front.aws.RequestError;

class InputValidationTest {
    private static final ServiceModels MODELS = new ServiceModels();
    private static final String PATTERN = "Member must satisfy regular expression pattern: ";

    private static void validate(String operation, String body) throws Exception {
        InputValidation.require(
                MODELS.operation("AmazonSSM." + operation).orElseThrow(), new ObjectMapper().readTree(body));
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                arguments("StartSession", "{\"Target\":null}", "Value null at 'target'", "Member must not be null"),
                arguments(
                        "StartSession",
                        "{\"Target\":\"\"}",
                        "Value '' at 'target'",
                        "Member must have length greater than or equal to 1"),
                arguments(
                        "StartSession",
                        "{\"Target\":\"a\",\"DocumentName\":\"a b\"}",
                        "Value 'a b' at 'documentName'",
                        PATTERN + "^[a-zA-Z0-9_\\-.:/]{3,128}$"),
                arguments(
                        "CreateActivation",
                        "{\"IamRole\":\"r\",\"RegistrationLimit\":1001}",
                        "Value '1001' at 'registrationLimit'",
                        "Member must have value less than or equal to 1000"),
                arguments(
                        "DescribeInstanceInformation",
                        "{\"MaxResults\":4}",
                        "Value '4' at 'maxResults'",
                        "Member must have value greater than or equal to 5"),
                arguments(
                        "DescribeSessions",
                        "{\"State\":\"Open\"}",
                        "Value 'Open' at 'state'",
                        "Member must satisfy enum value set: [Active, History]"),
                arguments(
                        "CreateActivation",
                        "{\"IamRole\":\"r\",\"Tags\":[{\"Key\":\"k\",\"Value\":\"v\"},{\"Key\":\"k\"}]}",
                        "Value null at 'tags.2.member.value'",
                        "Member must not be null"),
                arguments(
                        "CreateActivation",
                        "{\"IamRole\":\"r\",\"RegistrationMetadata\":[{\"Key\":\"k\",\"Value\":\"  \"}]}",
                        "Value '  ' at 'registrationMetadata.1.member.value'",
                        PATTERN + "^(?!\\s*$).+"),
                arguments(
                        "StartSession",
                        "{\"Target\":\"a\",\"Parameters\":{\"\":[\"x\"]}}",
                        "Value '{\"\":[\"x\"]}' at 'parameters'",
                        "Map keys must satisfy constraint: [Member must have length greater than or equal to 1]"),
                arguments(
                        "DescribeSessions",
                        "{\"State\":\"Active\",\"Filters\":[]}",
                        "Value '[]' at 'filters'",
                        "Member must have length greater than or equal to 1"),
                arguments(
                        "RegisterManagedInstance",
                        "{\"ActivationCode\":\"short\",\"ActivationId\":\"11111111-2222-3333-4444-555555555555\","
                                + "\"Fingerprint\":\"f\",\"PublicKey\":\"k\",\"PublicKeyType\":\"Rsa\"}",
                        "Value '***' at 'activationCode'",
                        "Member must have length greater than or equal to 20"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenConstraintIsToldInAwsWords(String operation, String body, String where, String constraint) {
        assertThatThrownBy(() -> validate(operation, body))
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(RequestError.VALIDATION))
                .hasMessage("1 validation error detected: " + where + " failed to satisfy constraint: " + constraint);
    }

    @Test
    void severalAreCountedAndBounded() {
        assertThatThrownBy(() -> validate("UpdateServiceSetting", "{}"))
                .hasMessageStartingWith("2 validation errors detected: Value null at 'settingId'")
                .hasMessageContaining("; Value null at 'settingValue'");
        assertThatThrownBy(() ->
                        validate("CreateActivation", "{\"IamRole\":\"r\",\"Tags\":[" + "{},".repeat(500) + "{}]}"))
                .hasMessageStartingWith(Violations.MOST_TOLD + " validation errors detected");
    }

    @Test
    void aLongValueIsCutInTheMessage() {
        assertThatThrownBy(() -> validate("StartSession", "{\"Target\":\"" + "x".repeat(100_000) + "\"}"))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(Violations.MOST_OF_A_VALUE + 200));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "StartSession | {\"Target\":7}",
                "StartSession | {\"Target\":\"a\",\"Parameters\":[]}",
                "StartSession | {\"Target\":\"a\",\"Parameters\":{\"p\":\"80\"}}",
                "StartSession | {\"Target\":\"a\",\"Parameters\":{\"p\":[80]}}",
                "StartSession | {\"Target\":\"a\",\"Parameters\":{\"p\":[null]}}",
                "CreateActivation | {\"IamRole\":\"r\",\"Tags\":[null]}",
                "CreateActivation | {\"IamRole\":\"r\",\"RegistrationLimit\":\"3\"}",
                "CreateActivation | {\"IamRole\":\"r\",\"RegistrationLimit\":1.5}",
                "CreateActivation | {\"IamRole\":\"r\",\"RegistrationLimit\":99999999999}",
                "CreateActivation | {\"IamRole\":\"r\",\"ExpirationDate\":\"2026-03-01\"}",
                "CreateActivation | {\"IamRole\":\"r\",\"ExpirationDate\":1e300}",
            })
    void aWrongTypeIsASerializationException(String operation, String body) {
        assertThatThrownBy(() -> validate(operation, body))
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(RequestError.SERIALIZATION));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "StartSession | {\"Target\":\"mi-0123456789abcdef0\",\"Reason\":\"why not? \\u00e4\",\"Unknown\":[7]}",
                "CreateActivation | {\"IamRole\":\"r\",\"RegistrationMetadata\":[{\"Key\":\" k\",\"Value\":\"v \"}]}",
                "CreateActivation | {\"IamRole\":\"r\",\"DefaultInstanceName\":\"K\\u00fcche 1\",\"ExpirationDate\":1772452800.5}",
                "DescribeInstanceInformation | {\"MaxResults\":50}",
                "UpdateInstanceInformation | {\"InstanceId\":\"mi-0123456789abcdef0\",\"AvailabilityZone\":\"\"}",
            })
    void whatKeepsTheModelPasses(String operation, String body) {
        assertThatCode(() -> validate(operation, body)).doesNotThrowAnyException();
    }

    @Test
    void aPatternTakesLinearTimeOnHostileText() {
        LinearPattern nested = new LinearPattern("^(a+)+$");

        assertThat(nested.accepts("a".repeat(100_000) + "!")).isFalse();
    }
}
