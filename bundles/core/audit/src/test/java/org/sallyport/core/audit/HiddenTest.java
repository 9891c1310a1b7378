package org.sallyport.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenTest {
    private static final String CANARY = "c4n4ry";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TokenValue",
                "token",
                "ActivationCode",
                "activation_code",
                "SecretAccessKey",
                "SessionToken",
                "Password",
                "NewPassword",
                "OldPassword",
                "password",
                "code",
                "Code",
                "csrf",
                "PrivateKey",
                "Base32StringSeedSecret",
                "AuthenticationCode1",
                "SAMLCredentials",
                "WebIdentityToken",
                "TokenCode",
                "X-Amz-Signature",
                "Fingerprint",
                "X-Amz-Security-Token",
                "secret",
                "Cookie",
                "Authorization"
            })
    void aSecretIsHiddenWhereverItStands(String name) {
        Map<String, Object> values = Map.of(
                "Flat", "x", name, CANARY, "Below", Map.of(name, List.of(CANARY)), "In", List.of(Map.of(name, CANARY)));

        String json = EventJson.json(Hidden.members(values));

        assertThat(json).doesNotContain(CANARY).contains(Hidden.TEXT);
    }

    @Test
    void aPairThatIsNamedAsASecretIsHidden() {
        Map<String, Object> values = Map.of(
                "Tags", List.of(Map.of("Key", "db-password", "Value", CANARY), Map.of("Key", "team", "Value", "ops")));

        assertThat(EventJson.json(Hidden.members(values)))
                .doesNotContain(CANARY)
                .contains("ops");
    }

    @Test
    void whatIsNoSecretStays() {
        Map<String, Object> values = Map.of(
                "Target",
                "mi-1",
                "NextToken",
                "abc",
                "Reason",
                "look",
                "DocumentName",
                "d",
                "AccessKeyId",
                "AKIA",
                "Count",
                3);

        assertThat(EventJson.json(Hidden.members(values)))
                .contains("\"target\":\"mi-1\"", "abc", "look", "AKIA", "\"count\":3")
                .doesNotContain(Hidden.TEXT);
    }

    @Test
    void everythingIsBounded() {
        Object deep = "end";
        for (int i = 0; i < 5_000; i++) {
            deep = Map.of("a", deep);
        }
        List<String> many = Collections.nCopies(10_000, "x".repeat(5_000));

        assertThat(EventJson.json(Hidden.members(Map.of("deep", deep, "many", many)))
                        .length())
                .isLessThan(300_000);
        assertThat(Hidden.text("otpauth://totp/x?secret=" + CANARY)).doesNotContain(CANARY);
    }
}
