package org.sallyport.adapter.policy.iam.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "*,'',true",
        "'','',true",
        "'',a,false",
        "?,'',false",
        "?,a,true",
        "a*c,abbbc,true",
        "a*c,abbbd,false",
        "a*b*c,aXbYbZc,true",
        "*a,bba,true",
        "a*,baa,false",
        "**,x,true",
        "a?c,a*c,true",
        "a.c,abc,false",
        "A,a,false",
        "arn:*:node/mi-1,arn:aws:ssm:r:1:node/mi-1,true"
    })
    void matches(String pattern, String text, boolean expected) {
        assertThat(Glob.matches(Glob.compile(pattern), text)).isEqualTo(expected);
    }

    @Test
    void takesAPatternThatWasNotCompiledLiterally() {
        assertThat(Glob.matches("a*", "ab")).isFalse();
        assertThat(Glob.matches("a*", "a*")).isTrue();
    }

    @Test
    void staysFastOnPatternsMadeToBeSlow() {
        String evil = Glob.compile("*a".repeat(1000) + "b");

        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Glob.matches(evil, "a".repeat(20_000))))
                .isFalse();
    }
}
