package org.sallyport.adapter.policy.iam.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;

/** Requests, and well-formed documents built around a request, so that near misses are common. The same seed gives the same. */
final class RandomPolicies {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Principal BOB =
            new Principal("123456789012", PrincipalType.USER, "AIDA1", "bob", "arn:aws:iam::123456789012:user/bob");
    private static final List<String> ACTIONS =
            List.of("ssm:StartSession", "ssm:TerminateSession", "ssm:ResumeSession", "kms:Decrypt", "iam:PassRole");
    private static final List<String> NAMES = List.of("bob", "bob-admin", "a*b", "svc.deploy", "Eve", "x?", "");
    private static final List<String> ADDRESSES =
            List.of("10.20.30.40", "10.20.31.4", "203.0.113.77", "2001:db8:0:12::5", "2001:db8:ffff::1");
    private static final List<String> BLOCKS = List.of(
            "10.20.30.40",
            "10.20.30.0/24",
            "10.0.0.0/8",
            "0.0.0.0/0",
            "203.0.113.72/29",
            "2001:db8::/32",
            "2001:db8:0:12::/64",
            "::/0",
            "2001:DB8:0:12:0:0:0:5");
    private static final List<String> DATES = List.of(
            "2026-01-06T15:30:23Z",
            "2026-01-06T17:30:23+02:00",
            "2026-01-06",
            "1767713423",
            "2026-01-06T15:30:23.500Z",
            "2027-12-31T23:59:59Z",
            "0");
    private static final List<String> NUMBERS = List.of("0", "899", "900", "900.0", "900.5", "-1", "86400");
    private static final List<String> BINARIES = List.of("AAEC", "AQI=", "/w==", "AAEC/w==");
    private static final List<String> TAGS = List.of("Env", "Owner", "team", "");

    private final Random random;

    RandomPolicies(long seed) {
        this(new Random(seed));
    }

    RandomPolicies(Random random) {
        this.random = random;
    }

    AccessRequest request() {
        Map<String, List<String>> context = new LinkedHashMap<>();
        maybe(context, "aws:username", pick(NAMES));
        maybe(context, "aws:userid", "AIDA" + random.nextInt(3));
        maybe(context, "aws:PrincipalTag/team", pick(NAMES));
        maybe(context, "ssm:resourceTag/Owner", pick(NAMES));
        maybe(context, "aws:PrincipalArn", "arn:aws:iam::123456789012:user/ops/" + pick(NAMES));
        maybe(context, "aws:SourceIp", pick(ADDRESSES));
        maybe(context, "aws:CurrentTime", pick(DATES));
        maybe(context, "aws:MultiFactorAuthAge", pick(NUMBERS));
        maybe(context, "aws:SecureTransport", random.nextBoolean() ? "true" : "False");
        maybe(context, "x:binary", pick(BINARIES));
        if (random.nextBoolean()) {
            context.put("aws:TagKeys", some(TAGS, 0));
        }
        return new AccessRequest(BOB, pick(ACTIONS), resource(), context);
    }

    private void maybe(Map<String, List<String>> context, String key, String value) {
        if (random.nextInt(4) > 0) {
            context.put(random.nextInt(5) > 0 ? key : key.toUpperCase(), List.of(value));
        }
    }

    private String resource() {
        return switch (random.nextInt(5)) {
            case 0 -> "*";
            case 1 -> "arn:aws:ssm:us-east-1::document/AWS-StartSSHSession";
            case 2 -> "arn:aws:logs:eu-central-1:123456789012:log-group:x:log-stream:" + pick(NAMES);
            default -> "arn:aws:ssm:us-east-1:123456789012:session/" + pick(NAMES) + "-" + random.nextInt(100);
        };
    }

    List<String> documents(AccessRequest request, int most) {
        List<String> documents = new ArrayList<>();
        for (int i = random.nextInt(most) + 1; i > 0; i--) {
            documents.add(document(request));
        }
        return documents;
    }

    String document(AccessRequest request) {
        ObjectNode policy = JSON.createObjectNode();
        if (random.nextInt(8) > 0) {
            policy.put("Version", random.nextInt(6) > 0 ? "2012-10-17" : "2008-10-17");
        }
        if (random.nextInt(4) == 0) {
            policy.set("Statement", statement(request));
        } else {
            ArrayNode statements = policy.putArray("Statement");
            for (int i = random.nextInt(3); i >= 0; i--) {
                statements.add(statement(request));
            }
        }
        return policy.toString();
    }

    private ObjectNode statement(AccessRequest request) {
        ObjectNode statement = JSON.createObjectNode();
        statement.put("Effect", random.nextInt(3) > 0 ? "Allow" : "Deny");
        put(statement, random.nextInt(6) > 0 ? "Action" : "NotAction", this::actionPattern, request.action());
        put(statement, random.nextInt(6) > 0 ? "Resource" : "NotResource", this::resourcePattern, request.resource());
        if (random.nextInt(3) > 0) {
            ObjectNode conditions = statement.putObject("Condition");
            for (int i = random.nextInt(3); i >= 0; i--) {
                condition(conditions);
            }
        }
        return statement;
    }

    private interface Maker {
        String make(String of);
    }

    private void put(ObjectNode statement, String name, Maker maker, String of) {
        if (random.nextBoolean()) {
            statement.put(name, maker.make(of));
        } else {
            ArrayNode list = statement.putArray(name);
            for (int i = random.nextInt(3); i >= 0; i--) {
                list.add(maker.make(of));
            }
        }
    }

    private String actionPattern(String action) {
        String base = random.nextInt(3) > 0 ? action : pick(ACTIONS);
        int colon = base.indexOf(':') + 1;
        return switch (random.nextInt(6)) {
            case 0 -> "*";
            case 1 -> base.substring(0, colon) + "*";
            case 2 -> base.substring(0, colon) + blur(base.substring(colon));
            case 3 -> base.toUpperCase();
            default -> base;
        };
    }

    private String resourcePattern(String resource) {
        String base = random.nextInt(3) > 0 && !resource.equals("*") ? resource : resource();
        if (base.equals("*") || random.nextInt(6) == 0) {
            return "*";
        }
        String[] parts = base.split(":", 6);
        for (int i = 3; i < 5; i++) {
            parts[i] = random.nextInt(3) == 0 ? "*" : parts[i];
        }
        parts[5] = switch (random.nextInt(5)) {
            case 0 -> blur(parts[5]);
            case 1 -> parts[5].replaceAll("[^/:]*$", "") + "${aws:username}-*";
            case 2 -> parts[5].replaceAll("[^/:]*$", "") + "${aws:PrincipalTag/team, 'bob'}*";
            case 3 -> parts[5].substring(0, random.nextInt(parts[5].length() + 1)) + "*";
            default -> parts[5];
        };
        String whole = String.join(":", parts);
        int service = whole.indexOf(':', "arn:aws:".length()) + 1;
        return random.nextInt(10) == 0 ? whole.substring(0, service + random.nextInt(6)) + "*" : whole;
    }

    /** Replaces some characters by wildcards. */
    private String blur(String text) {
        StringBuilder blurred = new StringBuilder();
        for (char c : text.toCharArray()) {
            int dice = random.nextInt(12);
            blurred.append(dice == 0 ? "*" : dice == 1 ? "?" : String.valueOf(c));
        }
        return blurred.toString();
    }

    private void condition(ObjectNode conditions) {
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> text(conditions);
            case 3 -> add(conditions, ordered("Numeric"), "aws:MultiFactorAuthAge", NUMBERS);
            case 4 -> add(conditions, ordered("Date"), "aws:CurrentTime", DATES);
            case 5 -> add(conditions, pick(List.of("IpAddress", "NotIpAddress")), "aws:SourceIp", BLOCKS);
            case 6 -> add(conditions, "Bool", "aws:SecureTransport", List.of("true", "false", "TRUE"));
            case 7 -> add(conditions, "BinaryEquals", "x:binary", BINARIES);
            default ->
                conditions
                        .withObjectProperty("Null")
                        .put(
                                pick(List.of("aws:TagKeys", "aws:username", "AWS:SOURCEIP")),
                                pick(List.of("true", "false")));
        }
    }

    private String ordered(String type) {
        return type
                + pick(List.of(
                        "Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"));
    }

    private void text(ObjectNode conditions) {
        String key = pick(List.of(
                "aws:username", "AWS:UserName", "aws:PrincipalTag/team", "ssm:resourceTag/Owner", "aws:TagKeys"));
        if (random.nextInt(5) == 0) {
            add(
                    conditions,
                    pick(List.of("ArnLike", "ArnEquals", "ArnNotLike", "ArnNotEquals")),
                    "aws:PrincipalArn",
                    List.of(
                            "arn:aws:iam::*:user/ops/*",
                            "arn:aws:iam::123456789012:user/${aws:username}",
                            "arn:aws:iam::123456789012:user/ops/${aws:username}",
                            "*",
                            "arn:aws:iam::1?3456789012:*"));
            return;
        }
        add(
                conditions,
                pick(List.of(
                        "StringEquals",
                        "StringNotEquals",
                        "StringEqualsIgnoreCase",
                        "StringNotEqualsIgnoreCase",
                        "StringLike",
                        "StringNotLike")),
                key,
                List.of(
                        "bob",
                        "BOB",
                        "b*",
                        "a${*}b",
                        "x${?}",
                        "*",
                        "${aws:username}",
                        "${aws:PrincipalTag/team}",
                        "${aws:nobody}",
                        "${aws:nobody, 'bob'}",
                        "Env",
                        "team",
                        "?wner",
                        "",
                        "${$}",
                        "${aws:TagKeys}"));
    }

    private void add(ObjectNode conditions, String operator, String key, List<String> values) {
        String prefix = random.nextInt(4) > 0 ? "" : random.nextBoolean() ? "ForAllValues:" : "ForAnyValue:";
        String name = prefix + operator + (random.nextInt(4) > 0 ? "" : "IfExists");
        ObjectNode keys = conditions.withObjectProperty(name);
        List<String> chosen = some(values, 1);
        if (chosen.size() == 1 && random.nextBoolean()) {
            keys.put(key, chosen.get(0));
        } else {
            ArrayNode list = keys.putArray(key);
            chosen.forEach(list::add);
        }
    }

    private List<String> some(List<String> from, int least) {
        List<String> some = new ArrayList<>();
        for (int i = random.nextInt(3) + least; i > 0; i--) {
            some.add(pick(from));
        }
        return some;
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
