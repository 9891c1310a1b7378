package org.sallyport.adapter.policy.iam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.spi.access.PolicyCheck;
import org.sallyport.spi.access.PolicyKind;
import org.sallyport.spi.access.StatementTrace.Position;

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
                        PolicyCheck.Kind.MALFORMED,
                        "Syntax errors in policy.",
                        "Effect must be Allow or Deny.",
                        Optional.of(new Position(1, 38))));
        assertThat(language.check(PolicyKind.TRUST, ALL).problem()).isPresent();
    }

    @Test
    void saysWhereADocumentIsMalformed() {
        String several =
                """
                {
                  "Version": "2012-10-17",
                  "Statement": [
                    {"Effect": "Allow", "Action": "*", "Resource": "*"},
                    {"Sid": "two", "Effect": "Allow", "Action": "ssm:*", "Resource": "*"}
                  ]
                }""";

        assertThat(at(several.replace("\"ssm:*\"", "\"ssm\""))).isEqualTo(new Position(5, 5));
        assertThat(at(several.replace("\"Action\": \"ssm:*\", ", ""))).isEqualTo(new Position(5, 5));
        assertThat(at(several.replace("two", "t-o"))).isEqualTo(new Position(5, 5));
        assertThat(at(several.replace("2012-10-17", "2013"))).isEqualTo(new Position(2, 3));
        assertThat(at(several.replace("\"*\"},", "\"*\"}")).line()).isEqualTo(5);
        assertThat(language.check(PolicyKind.MANAGED, several.replace("Version", "Id"))
                        .problem()
                        .orElseThrow()
                        .at())
                .isEmpty();
    }

    private Position at(String document) {
        return language.check(PolicyKind.MANAGED, document)
                .problem()
                .orElseThrow()
                .at()
                .orElseThrow();
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
