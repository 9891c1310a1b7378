package org.sallyport.adapter.policy.iam.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.spi.access.Authorizer.Verdict;
import org.sallyport.spi.access.PolicyDocuments;

/**
 * The rules once more, as plainly as can be: reads the JSON of each statement at each request and matches character by character. Shares no line with what it
 * checks, and knows only what well-formed documents hold.
 */
final class NaiveEvaluator {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Stands for a text with a variable that has no value. */
    private static final String NOTHING = "\0nothing";

    private final AccessRequest request;

    NaiveEvaluator(AccessRequest request) {
        this.request = request;
    }

    static Verdict decide(AccessRequest request, PolicyDocuments policies) {
        NaiveEvaluator naive = new NaiveEvaluator(request);
        Verdict verdict = naive.layer(policies.identity());
        for (List<String> limit : List.of(policies.boundary(), policies.session())) {
            if (!limit.isEmpty()) {
                Verdict limited = naive.layer(limit);
                if (limited == Verdict.EXPLICIT_DENY) {
                    verdict = Verdict.EXPLICIT_DENY;
                } else if (limited == Verdict.IMPLICIT_DENY && verdict == Verdict.ALLOWED) {
                    verdict = Verdict.IMPLICIT_DENY;
                }
            }
        }
        return verdict;
    }

    private Verdict layer(List<String> documents) {
        boolean allowed = false;
        boolean denied = false;
        for (String document : documents) {
            JsonNode policy = read(document);
            boolean variables = policy.path("Version").asText().equals("2012-10-17");
            for (JsonNode statement : list(policy.get("Statement"))) {
                if (applies(statement, variables)) {
                    allowed |= statement.get("Effect").asText().equals("Allow");
                    denied |= statement.get("Effect").asText().equals("Deny");
                }
            }
        }
        return denied ? Verdict.EXPLICIT_DENY : allowed ? Verdict.ALLOWED : Verdict.IMPLICIT_DENY;
    }

    private static JsonNode read(String document) {
        try {
            return JSON.readTree(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Iterable<JsonNode> list(JsonNode node) {
        return node.isArray() ? node : List.of(node);
    }

    private boolean applies(JsonNode statement, boolean variables) {
        return action(statement) && resource(statement, variables) && conditions(statement, variables);
    }

    private boolean action(JsonNode statement) {
        boolean found = false;
        for (JsonNode action : list(statement.has("Action") ? statement.get("Action") : statement.get("NotAction"))) {
            found |= like(action.asText().toLowerCase(), request.action().toLowerCase());
        }
        return found == statement.has("Action");
    }

    private boolean resource(JsonNode statement, boolean variables) {
        boolean found = false;
        for (JsonNode pattern :
                list(statement.has("Resource") ? statement.get("Resource") : statement.get("NotResource"))) {
            found |= like(replaced(pattern.asText(), variables), request.resource());
        }
        return found == statement.has("Resource");
    }

    private boolean conditions(JsonNode statement, boolean variables) {
        for (Map.Entry<String, JsonNode> operator : statement.path("Condition").properties()) {
            for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
                List<String> values = new ArrayList<>();
                list(key.getValue()).forEach(value -> values.add(value.asText()));
                if (!condition(operator.getKey(), key.getKey(), values, variables)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean condition(String operator, String key, List<String> wanted, boolean variables) {
        List<String> found = context(key);
        if (operator.equals("Null")) {
            return wanted.stream().anyMatch(value -> value.equalsIgnoreCase("true") == found.isEmpty());
        }
        boolean all = operator.startsWith("ForAllValues:");
        boolean any = operator.startsWith("ForAnyValue:");
        boolean ifExists = operator.endsWith("IfExists");
        String name = operator.substring(operator.indexOf(':') + 1).replace("IfExists", "");
        boolean negated = name.contains("Not");
        if (found.isEmpty()) {
            return ifExists || all || !any && negated;
        }
        if ((all || any) && String.join("", found).isEmpty()) {
            return all;
        }
        BiPredicate<String, String> test = test(name.replace("Not", ""), variables);
        if (!all && !any) {
            boolean one = false;
            for (String value : found) {
                one |= wanted.stream().anyMatch(want -> test.test(want, value));
            }
            return one != negated;
        }
        int passed = 0;
        for (String value : found) {
            if (wanted.stream().anyMatch(want -> test.test(want, value)) != negated) {
                passed++;
            }
        }
        return all ? passed == found.size() : passed > 0;
    }

    private List<String> context(String key) {
        List<String> values = new ArrayList<>();
        request.context().forEach((name, list) -> {
            if (name.equalsIgnoreCase(key)) {
                values.addAll(list);
            }
        });
        return values;
    }

    private BiPredicate<String, String> test(String name, boolean variables) {
        return switch (name) {
            case "StringEquals" ->
                (want, value) -> plain(replaced(want, variables)).equals(value);
            case "StringEqualsIgnoreCase" ->
                (want, value) -> plain(replaced(want, variables)).equalsIgnoreCase(value);
            case "StringLike" -> (want, value) -> like(replaced(want, variables), value);
            case "ArnLike", "ArnEquals" -> (want, value) -> arn(replaced(want, variables), value);
            case "Bool" -> String::equalsIgnoreCase;
            case "BinaryEquals" ->
                (want, value) -> Arrays.equals(
                        Base64.getDecoder().decode(want), Base64.getDecoder().decode(value));
            case "IpAddress" -> NaiveEvaluator::inBlock;
            default -> ordered(name);
        };
    }

    private static BiPredicate<String, String> ordered(String name) {
        return (want, value) -> {
            int sign = name.startsWith("Date")
                    ? date(value).compareTo(date(want))
                    : new BigDecimal(value).compareTo(new BigDecimal(want));
            return switch (name.replace("Date", "").replace("Numeric", "")) {
                case "Equals" -> sign == 0;
                case "LessThan" -> sign < 0;
                case "LessThanEquals" -> sign <= 0;
                case "GreaterThan" -> sign > 0;
                case "GreaterThanEquals" -> sign >= 0;
                default -> throw new IllegalArgumentException(name);
            };
        };
    }

    private static Instant date(String text) {
        if (text.matches("-?\\d+")) {
            return Instant.ofEpochSecond(Long.parseLong(text));
        }
        return text.contains("T")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Six parts between colons, each by itself. */
    private static boolean arn(String pattern, String value) {
        String[] want = pattern.split(":", 6);
        String[] have = value.split(":", 6);
        boolean same = want.length == 6 && have.length == 6;
        for (int i = 0; same && i < 6; i++) {
            same = like(want[i], have[i]);
        }
        return same;
    }

    private static boolean inBlock(String block, String address) {
        try {
            String[] parts = block.split("/");
            byte[] want = InetAddress.getByName(parts[0]).getAddress();
            byte[] have = InetAddress.getByName(address).getAddress();
            int bits = want.length * 8 - (parts.length == 1 ? want.length * 8 : Integer.parseInt(parts[1]));
            return want.length == have.length
                    && new BigInteger(1, want).shiftRight(bits).equals(new BigInteger(1, have).shiftRight(bits));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Puts values for variables; a wildcard that comes from a value or an escape is marked to stay itself. */
    private String replaced(String text, boolean variables) {
        int open = variables ? text.indexOf("${") : -1;
        if (open < 0) {
            return text;
        }
        int close = text.indexOf('}', open);
        String name = text.substring(open + 2, close);
        String otherwise = null;
        if (name.contains(", '")) {
            otherwise = name.substring(name.indexOf('\'') + 1, name.length() - 1);
            name = name.substring(0, name.indexOf(','));
        }
        List<String> values = List.of("*", "?", "$").contains(name) ? List.of(name) : context(name);
        String value = values.size() == 1 ? values.get(0) : otherwise;
        String rest = replaced(text.substring(close + 1), true);
        if (value == null || rest.contains(NOTHING)) {
            return NOTHING;
        }
        return text.substring(0, open) + value.replace("*", "\1").replace("?", "\2") + rest;
    }

    private static String plain(String text) {
        return text.replace('\1', '*').replace('\2', '?');
    }

    private static boolean like(String pattern, String text) {
        // whether what was read of the pattern matches that many characters of the text
        boolean[] fits = new boolean[text.length() + 1];
        fits[0] = true;
        for (char wanted : pattern.toCharArray()) {
            boolean[] next = new boolean[fits.length];
            for (int i = 0; i < fits.length; i++) {
                boolean before = i > 0 && (wanted == '*' ? next[i - 1] : fits[i - 1]);
                next[i] = wanted == '*' ? before || fits[i] : before && one(wanted, text.charAt(i - 1));
            }
            fits = next;
        }
        return fits[text.length()];
    }

    private static boolean one(char wanted, char found) {
        return wanted == '?' || plain(String.valueOf(wanted)).charAt(0) == found;
    }
}
