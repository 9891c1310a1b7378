package org.sallyport.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.test.contract.InMemoryAuthorizer.ALLOW_ALL;
import static org.sallyport.test.contract.InMemoryAuthorizer.ALLOW_START;
import static org.sallyport.test.contract.InMemoryAuthorizer.DENY_ALL;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.spi.access.PolicyCheck;
import org.sallyport.spi.access.PolicyKind;
import org.sallyport.spi.access.PolicyLanguage;

/** What every {@link PolicyLanguage} keeps to: it answers for any text, and lets nothing be stored that the decision could not read. */
public abstract class PolicyLanguageContract {

    /** The language under test. */
    protected abstract PolicyLanguage language();

    static Stream<String> unreadable() {
        return AuthorizerContract.unreadable();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"TRUST", "RESOURCE"})
    void takesPoliciesOfIdentities(PolicyKind kind) {
        for (String document : List.of(ALLOW_ALL, DENY_ALL, ALLOW_START)) {
            PolicyCheck check = language().check(kind, document);

            assertThat(check.problem()).isEmpty();
            assertThat(check.characters()).isEqualTo(document.length());
        }
    }

    @Test
    void asksATrustPolicyForItsPrincipals() {
        assertThat(language().check(PolicyKind.TRUST, ALLOW_ALL).problem()).isPresent();
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("unreadable")
    void refusesWhatCannotBeReadAndSaysWhy(String document) {
        assertThat(language().check(PolicyKind.MANAGED, document).problem()).hasValueSatisfying(problem -> {
            assertThat(problem.kind()).isEqualTo(PolicyCheck.Kind.MALFORMED);
            assertThat(problem.message()).isNotBlank();
        });
        assertThat(language().lint(PolicyKind.MANAGED, document)).isEmpty();
        assertThat(language().contextKeys(List.of(document))).isEmpty();
    }

    @Test
    void refusesWhatIsLargerThanTheQuota() {
        String large = ALLOW_START.replace("0123456789abcdef0", "0".repeat(7_000));

        assertThat(language().check(PolicyKind.MANAGED, large).problem()).isPresent();
        assertThat(language()
                        .check(PolicyKind.MANAGED, ALLOW_START + " ".repeat(7_000))
                        .problem())
                .isEmpty();
    }
}
