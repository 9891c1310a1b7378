package org.sallyport.front.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.api.error.SallyportException;
import org.sallyport.front.aws.model.OperationModel;
import org.sallyport.front.aws.model.Shape;

class QueryInputTest {
    private static final Shape.Bounds ANY = new Shape.Bounds(OptionalLong.empty(), OptionalLong.empty());

    /** One with every kind of member, which no operation of IAM or STS has. */
    private static final OperationModel MODEL = model();

    private static OperationModel model() {
        Shape.Structure input = new Shape.Structure(
                Map.of(
                        "Name", "Text", "Names", "Texts", "Pairs", "Pairs", "At", "Time", "Size", "Long", "Share",
                        "Double", "On", "Flag", "Inner", "Inner"),
                List.of());
        Map<String, Shape> shapes = Map.of(
                "Text",
                new Shape.Text(ANY, Optional.empty(), List.of(), false),
                "Texts",
                new Shape.Sequence("Text", ANY),
                "Pairs",
                new Shape.Mapping("Text", "Long", ANY),
                "Time",
                new Shape.Time(),
                "Long",
                new Shape.Whole(ANY, Long.SIZE),
                "Double",
                new Shape.Decimal(ANY),
                "Flag",
                new Shape.Flag(),
                "Inner",
                new Shape.Structure(Map.of("Names", "Texts"), List.of()));
        return new OperationModel("test.Try", "Try", "test", Optional.of(input), Optional.empty(), shapes);
    }

    private static String read(String form) {
        return QueryInput.read(MODEL, QueryForm.read(form.getBytes(StandardCharsets.UTF_8)))
                .toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Name=a+b%26%C3%A4 | {\"Name\":\"a b&\u00e4\"}",
                "Name= | {\"Name\":\"\"}",
                "Other=x&Other.member.1=y | {}",
                "Names.member.2=b&Names.member.10=c&Names.member.1=a | {\"Names\":[\"a\",\"b\",\"c\"]}",
                "Names= | {\"Names\":[]}",
                "Pairs.entry.1.key=k&Pairs.entry.1.value=7 | {\"Pairs\":{\"k\":7}}",
                "At=2026-03-01T12:00:00.5Z | {\"At\":1772366400.500}",
                "Size=9223372036854775807 | {\"Size\":9223372036854775807}",
                "Share=0.5 | {\"Share\":0.5}",
                "On=true | {\"On\":true}",
                "Inner.Names.member.1=deep | {\"Inner\":{\"Names\":[\"deep\"]}}",
            })
    void aFormIsReadByItsShape(String form, String input) {
        assertThat(read(form)).isEqualTo(input);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Pairs.entry.1.key=k",
                "Pairs.entry.1=k",
                "Pairs=k",
                "At=yesterday",
                "Size=9223372036854775808",
                "Share=half",
                "On=True",
                "Name.member.1=a",
                "Names.member.=a",
                "Names.member.-1=a",
                "Names.member.\u0661=a",
            })
    void whatHasAnotherTypeIsRefused(String form) {
        assertThatThrownBy(() -> read(form)).isInstanceOfSatisfying(SallyportException.class, e -> assertThat(e.code())
                .isEqualTo(RequestError.MISTYPED));
    }

    /** Whatever stands in a body, it is read or refused, and nothing else. */
    @Test
    void noFormBreaksTheReader() {
        List<String> parts = List.of(
                "Name", "Names", "Pairs", "Inner", "member", "entry", "key", "value", "1", "2", ".", "..", "=", "&",
                "%", "%C3%A4", "%C0", "\u00e9", "+", "At", "Size", "999999", "-", "true");
        Random random = new Random(20260301);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder form = new StringBuilder();
            int length = random.nextInt(12);
            for (int j = 0; j < length; j++) {
                form.append(parts.get(random.nextInt(parts.size())));
            }
            try {
                read(form.toString());
                read++;
            } catch (SallyportException e) {
                assertThat(e.code()).isIn(RequestError.MISTYPED, RequestError.SERIALIZATION);
            }
        }
        assertThat(read).isBetween(1_000, 19_000);
    }

    @Test
    void namesAndDepthAreBounded() {
        assertThatThrownBy(() -> read("a".repeat(257) + "=x"))
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(RequestError.SERIALIZATION));
        assertThatThrownBy(() -> read("a" + ".b".repeat(12) + "=x"))
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(RequestError.MISTYPED));
    }
}
