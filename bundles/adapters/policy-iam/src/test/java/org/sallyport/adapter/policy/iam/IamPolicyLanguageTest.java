package org.sallyport.adapter.policy.iam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.spi.access.PolicyCheck;
import org.sallyport.spi.access.PolicyKind;

class IamPolicyLanguageTest {
    private static final String ALL =
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";

    private final IamPolicyLanguage language = new IamPolicyLanguage();

    @Test
    void countsCharactersWithoutWhiteSpace() {
        PolicyCheck check = language.check(PolicyKind.MANAGED, ALL.replace(",", " ,\n\t") + " ".repeat(100_000));

        assertThat(check.characters()).isEqualTo(ALL.length());
        assertThat(check.problem()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "MANAGED,6144,Cannot exceed quota for PolicySize: 6144",
        "USER_INLINE,2048,Maximum policy size of 2048 bytes exceeded",
        "GROUP_INLINE,5120,Maximum policy size of 5120 bytes exceeded",
        "ROLE_INLINE,10240,Maximum policy size of 10240 bytes exceeded"
    })
    void holdsDocumentsToTheirQuota(PolicyKind kind, int quota, String message) {
        String fits =
                ALL.replace("\"*\"}", "\"arn:aws:ssm:*:*:document/" + "x".repeat(quota - ALL.length() - 24) + "\"}");

        assertThat(fits).hasSize(quota);
        assertThat(language.check(kind, fits).problem()).isEmpty();
        assertThat(language.check(kind, fits.replace("document", "documents")).problem())
                .hasValueSatisfying(problem -> {
                    assertThat(problem.kind()).isEqualTo(PolicyCheck.Kind.TOO_LARGE);
                    assertThat(problem.message()).isEqualTo(message);
                });
    }

    @Test
    void saysWhatIsMalformedInTwoWays() {
        assertThat(language.check(PolicyKind.MANAGED, ALL.replace("\"Effect\":\"Allow\",", ""))
                        .problem())
                .contains(new PolicyCheck.Problem(
                        PolicyCheck.Kind.MALFORMED, "Syntax errors in policy.", "Effect must be Allow or Deny."));
        assertThat(language.check(PolicyKind.TRUST, ALL).problem()).isPresent();
    }

    @Test
    void listsTheKeysThatDocumentsAskFor() {
        String asking =
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*",\
                "Resource":"arn:aws:ssm:*:*:session/${aws:username}-${aws:nobody, 'x'}",\
                "Condition":{"Null":{"aws:SourceIp":"true"},"StringLike":{"AWS:sourceip":["${ssm:a}","${*}"]}}}]}""";

        assertThat(language.contextKeys(List.of(ALL, asking, "{")))
                .containsExactly("aws:nobody", "aws:SourceIp", "aws:username", "ssm:a");
    }
}
