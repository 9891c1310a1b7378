package org.sallyport.adapter.policy.iam.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.adapter.policy.iam.request.Context;

class ConditionTest {

    @ParameterizedTest(name = "{0} {1} of {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            StringEquals              | bob                  | bob                        | true
            StringEquals              | Bob                  | bob                        | false
            StringEquals              | b*                   | bob                        | false
            StringEquals              | a,bob                | bob                        | true
            StringNotEquals           | a,bob                | bob                        | false
            StringNotEquals           | a,c                  | bob                        | true
            StringEqualsIgnoreCase    | BOB                  | bob                        | true
            StringNotEqualsIgnoreCase | BOB                  | bob                        | false
            StringLike                | b?b                  | bob                        | true
            StringLike                | B*                   | bob                        | false
            StringNotLike             | b*                   | bob                        | false
            NumericEquals             | 900                  | 900.0                      | true
            NumericNotEquals          | 900                  | 901                        | true
            NumericLessThan           | 900                  | 899                        | true
            NumericLessThan           | 900                  | 900                        | false
            NumericLessThan           | 9                    | 10                         | false
            NumericLessThanEquals     | 900                  | 900                        | true
            NumericGreaterThan        | -1                   | 0                          | true
            NumericGreaterThanEquals  | 1.5                  | 1.5                        | true
            NumericEquals             | 900                  | many                       | false
            NumericNotEquals          | 900                  | many                       | true
            NumericLessThan           | 900                  | -1e999999999               | false
            DateEquals                | 2026-01-06T15:30:23Z | 2026-01-06T17:30:23+02:00  | true
            DateEquals                | 2026-01-06T15:30:23Z | 1767713423                 | true
            DateEquals                | 2026-01-06           | 2026-01-06T00:00:00.000Z   | true
            DateNotEquals             | 2026-01-06           | 2026-01-06T00:00:01Z       | true
            DateLessThan              | 2026-01-06T15:30Z    | 2026-01-06T15:29:59Z       | true
            DateGreaterThan           | 2026                 | 1970-01-01T00:33:47Z       | true
            DateGreaterThanEquals     | 2026-02              | 2026-02-01T00:00:00Z       | true
            DateLessThanEquals        | 2026-01-06T15:30:23Z | 2026-02-30T00:00:00Z       | false
            DateEquals                | 2026-1-6T5           | 2026-01-06T05:00:00Z       | true
            DateLessThan              | 999999999999999999   | 2026-01-06T05:00:00Z       | true
            DateEquals                | 2026-01-06T05:00:00+0200 | 2026-01-06T03:00:00Z   | true
            Bool                      | true                 | True                       | true
            Bool                      | true                 | false                      | false
            Bool                      | yes                  | yes                        | false
            BinaryEquals              | AAEC                 | AAEC                       | true
            BinaryEquals              | AAEC                 | AQI=                       | false
            BinaryEquals              | AAEC                 | no base 64                 | false
            IpAddress                 | 10.0.0.0/8           | 10.255.0.1                 | true
            IpAddress                 | 10.0.0.0/8           | 11.0.0.1                   | false
            IpAddress                 | 203.0.113.77         | 203.0.113.77               | true
            IpAddress                 | 203.0.113.77/24      | 203.0.113.1                | true
            IpAddress                 | 0.0.0.0/0            | 8.8.8.8                    | true
            IpAddress                 | 0.0.0.0/0            | 2001:db8::1                | false
            IpAddress                 | ::/0                 | 8.8.8.8                    | false
            IpAddress                 | ::/0                 | 2001:db8::1                | true
            IpAddress                 | 2001:DB8:0:12::/64   | 2001:db8:0:12:ffff::5      | true
            IpAddress                 | 2001:db8:0:12::/64   | 2001:db8:0:13::5           | false
            IpAddress                 | 2001:db8::1          | 2001:0db8:0:0:0:0:0:1      | true
            IpAddress                 | 10.0.0.0/8           | ::ffff:10.1.2.3            | true
            IpAddress                 | ::ffff:10.0.0.0/104  | 10.1.2.3                   | true
            IpAddress                 | 10.0.0.0/8           | 10.1.2                     | false
            NotIpAddress              | 10.0.0.0/8           | 10.1.2                     | true
            NotIpAddress              | 10.0.0.0/8           | 10.1.2.3                   | false
            ArnLike                   | arn:aws:iam::*:user/* | arn:aws:iam::1:user/a:b/c | true
            ArnEquals                 | arn:aws:iam::*:user/* | arn:aws:iam::1:user/a     | true
            ArnLike                   | arn:aws:iam::*:user/* | arn:aws:iam::1:role/a     | false
            ArnLike                   | arn:aws:s3:*:1:x     | arn:aws:s3:a:b:1:x         | false
            ArnLike                   | *                    | arn:aws:iam::1:user/a      | false
            ArnNotLike                | arn:aws:iam::*:user/* | no ARN                    | true
            ArnNotEquals              | arn:aws:iam::1:user/a | arn:aws:iam::1:user/a     | false
            Null                      | false                | anything                   | true
            Null                      | true                 | anything                   | false
            """)
    void comparesOneValue(String operator, String wanted, String found, boolean expected) {
        assertThat(condition(operator, wanted.split(",")).holds(context(found))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ForAllValues:StringEquals          | Env,Owner   | true
            ForAllValues:StringEquals          | Env,Other   | false
            ForAnyValue:StringEquals           | Env,Other   | true
            ForAnyValue:StringEquals           | Other       | false
            ForAllValues:StringNotEquals       | Other,More  | true
            ForAllValues:StringNotEquals       | Env,Other   | false
            ForAnyValue:StringNotEquals        | Env,Other   | true
            ForAnyValue:StringNotEquals        | Env,Owner   | false
            ForAllValues:StringLike            | E           | false
            StringEquals                       | Other,Env   | true
            StringNotEquals                    | Other,Env   | false
            """)
    void comparesSetsOfValues(String operator, String found, boolean expected) {
        assertThat(condition(operator, "Env", "Owner").holds(context(found.split(","))))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} without the key")
    @CsvSource({
        "StringEquals,false",
        "StringNotEquals,true",
        "StringNotLike,true",
        "StringEqualsIfExists,true",
        "StringNotEqualsIfExists,true",
        "NumericLessThan,false",
        "NumericNotEquals,true",
        "DateNotEquals,true",
        "DateLessThanIfExists,true",
        "Bool,false",
        "BoolIfExists,true",
        "NotIpAddress,true",
        "ArnNotLike,true",
        "ArnNotEquals,true",
        "BinaryEquals,false",
        "ForAllValues:StringEquals,true",
        "ForAllValues:StringNotEquals,true",
        "ForAnyValue:StringEquals,false",
        "ForAnyValue:StringNotEquals,false",
        "ForAnyValue:StringEqualsIfExists,true"
    })
    void knowsWhatAnAbsentKeyMeans(String operator, boolean expected) {
        String value = operator.startsWith("Not") ? "10.0.0.1" : "0";

        assertThat(condition(operator, value).holds(new Context(Map.of()))).isEqualTo(expected);
        assertThat(condition(operator, value).holds(new Context(Map.of("k:a", List.of()))))
                .isEqualTo(expected);
    }

    @Test
    void takesEmptyTextsForNoValuesInSetOperatorsOnly() {
        assertThat(condition("ForAllValues:StringEquals", "x").holds(context("")))
                .isTrue();
        assertThat(condition("ForAnyValue:StringEquals", "").holds(context(""))).isFalse();
        assertThat(condition("StringEquals", "").holds(context(""))).isTrue();
        assertThat(condition("Null", "true").holds(context(""))).isFalse();
        assertThat(condition("Null", "true").holds(new Context(Map.of()))).isTrue();
    }

    @Test
    void findsKeysWithoutRegardToCaseAndJoinsTheirValues() {
        Context context = new Context(Map.of("K:A", List.of("x"), "k:A", List.of("y")));

        assertThat(condition("StringEquals", "x").holds(context)).isTrue();
        assertThat(condition("ForAllValues:StringEquals", "x").holds(context)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NullIfExists",
                "stringEquals",
                "StringEqual",
                "NumericLike",
                "NotBool",
                "ForSome:StringEquals",
                "IfExists",
                ""
            })
    void knowsNoOtherOperators(String name) {
        assertThat(Condition.isOperator(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "IpAddress,10.0.0.0/33",
        "IpAddress,10.0.0.256",
        "IpAddress,010.0.0.1",
        "IpAddress,localhost",
        "IpAddress,1::2::3",
        "IpAddress,::/129",
        "IpAddress,1:2:3:4:5:6:7:8:9",
        "NumericEquals,1e5",
        "NumericEquals,${aws:username}",
        "DateEquals,yesterday",
        "DateEquals,2026-13-01",
        "DateEquals,99999999999999999999",
        "DateEquals,2026-01-06T25:00:00Z",
        "DateEquals,1234567890-01-01"
    })
    void refusesValuesThatTheOperatorCannotCompareWith(String operator, String value) {
        assertThat(Condition.compile(operator, "k:a", List.of(value), true)).isEmpty();
    }

    @Test
    void replacesVariablesInTextsAndArns() {
        Context context = new Context(Map.of(
                "k:a", List.of("bob"), "aws:username", List.of("bob"), "k:arn", List.of("arn:aws:iam::1:user/bob:x")));

        assertThat(condition("StringEquals", "${aws:UserName}").holds(context)).isTrue();
        assertThat(condition("StringNotEquals", "${aws:nobody}").holds(context)).isTrue();
        assertThat(condition("StringEquals", "${aws:nobody}").holds(context)).isFalse();
        assertThat(condition("StringEquals", "${aws:nobody, 'bob'}").holds(context))
                .isTrue();
        assertThat(Condition.compile("ArnLike", "k:arn", List.of("arn:aws:iam::1:user/${aws:username}:*"), true)
                        .orElseThrow()
                        .holds(context))
                .isTrue();
        assertThat(Condition.compile("StringEquals", "k:a", List.of("${aws:username}"), false)
                        .orElseThrow()
                        .holds(context))
                .isFalse();
    }

    private static Condition condition(String operator, String... values) {
        return Condition.compile(operator, "k:a", List.of(values), true).orElseThrow();
    }

    private static Context context(String... values) {
        return new Context(Map.of("k:a", List.of(values)));
    }
}
