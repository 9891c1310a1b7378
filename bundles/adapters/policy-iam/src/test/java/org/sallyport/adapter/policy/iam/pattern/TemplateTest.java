package org.sallyport.adapter.policy.iam.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.adapter.policy.iam.request.Context;

class TemplateTest {
    private static final Context CONTEXT = new Context(Map.of(
            "aws:username",
            List.of("bob"),
            "aws:PrincipalTag/star",
            List.of("a*"),
            "x:many",
            List.of("a", "b"),
            "x:wild",
            List.of("a" + Glob.MANY)));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            home/${aws:username}/*       | home/bob/x   | true
            home/${AWS:UserName}/*       | home/bob/x   | true
            home/${ aws:username }/*     | home/bob/x   | true
            ${aws:username}${aws:username} | bobbob     | true
            ${aws:PrincipalTag/star}     | a*           | true
            ${aws:PrincipalTag/star}     | abc          | false
            a${*}b                       | a*b          | true
            a${*}b                       | axb          | false
            a${?}b                       | a?b          | true
            a${$}{aws:username}          | a${aws:username} | true
            ${aws:nobody}                | ''           | false
            x${aws:nobody}*              | x            | false
            ${aws:nobody, 'guest'}       | guest        | true
            ${aws:nobody,'guest'}        | guest        | true
            ${aws:username, 'guest'}     | bob          | true
            ${aws:nobody, 'a}b'}         | a}b          | true
            ${aws:nobody, 'g*'}          | guest        | false
            ${aws:nobody, guest}         | guest        | false
            ${x:many}                    | a            | false
            ${x:many, 'c'}               | c            | true
            ${x:wild}                    | abc          | false
            ${aws:username               | ${aws:username | true
            $x                           | $x           | true
            """)
    void resolves(String template, String text, boolean expected) {
        String pattern = Template.of(template, true, true).resolve(CONTEXT);

        assertThat(pattern != null && Glob.matches(pattern, text)).isEqualTo(expected);
    }

    @Test
    void takesAllLiterallyWithoutVariables() {
        assertThat(Template.of("${aws:username}", true, false).resolve(CONTEXT)).isEqualTo("${aws:username}");
        assertThat(Template.of("a*", false, false).resolve(CONTEXT)).isEqualTo("a*");
    }

    @Test
    void namesItsKeysAndItsHead() {
        Template template = Template.of("a*/${aws:username}/${aws:nobody, 'x'}${*}", true, true);

        assertThat(template.keys()).containsExactly("aws:nobody", "aws:username");
        assertThat(template.head()).isEqualTo("a" + Glob.MANY + "/");
        assertThat(template.isFixed()).isFalse();
    }
}
