package org.sallyport.adapter.policy.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.spi.access.Authorizer.Verdict;

/** Cases with the decision that AWS's documented rules give. */
class SharedCasesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> SUPPORTED =
            Set.of("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource");
    private static final Principal CALLER =
            new Principal("123456789012", PrincipalType.USER, "AIDA1", "bob", "arn:aws:iam::123456789012:user/bob");

    private final IamAuthorizer authorizer = new IamAuthorizer();

    @TestFactory
    Stream<DynamicTest> copiedCases() throws IOException {
        try (InputStream in = SharedCasesTest.class.getResourceAsStream("/cases.jsonl")) {
            return tests(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @TestFactory
    Stream<DynamicTest> allSharedCases() throws IOException {
        return tests(shared());
    }

    @Test
    void sharedCasesHoldBothKinds() throws IOException {
        List<JsonNode> all = parse(shared());

        assertThat(all.stream().filter(SharedCasesTest::isFullySupported)).hasSizeGreaterThan(20);
        assertThat(all.stream().filter(test -> !isFullySupported(test))).hasSizeGreaterThan(200);
    }

    private static String shared() throws IOException {
        Path file = Path.of(System.getProperty("sallyport.shared", "")).resolve("iam-cases/cases.jsonl");
        assumeTrue(Files.exists(file), "skipped: " + file + " is not there; the copied cases run in any case");
        return Files.readString(file);
    }

    private Stream<DynamicTest> tests(String lines) throws IOException {
        // what is allowed by elements that are not evaluated here has no promise to be held to
        return parse(lines).stream()
                .filter(test ->
                        isFullySupported(test) || !test.get("expected").asText().equals("allowed"))
                .map(test -> DynamicTest.dynamicTest(test.get("id").asText(), () -> check(test)));
    }

    private void check(JsonNode test) {
        String expected = test.get("expected").asText();
        Verdict verdict = decide(test, "policies");
        if (isFullySupported(test)) {
            assertThat(name(verdict)).isEqualTo(expected);
        } else {
            // a boundary is a ceiling of its own: allowed is only what policies and boundary allow both
            boolean allowed = verdict == Verdict.ALLOWED
                    && (test.get("boundary").isNull() || decide(test, "boundary") == Verdict.ALLOWED);
            assertThat(allowed).as("allowed although %s", expected).isFalse();
        }
    }

    private Verdict decide(JsonNode test, String documents) {
        List<String> policies = StreamSupport.stream(test.get(documents).spliterator(), false)
                .map(JsonNode::toString)
                .toList();
        AccessRequest request = new AccessRequest(
                CALLER, test.get("action").asText(), test.get("resource").asText(), Map.of());
        return authorizer.decide(request, policies, Instant.MAX);
    }

    private static String name(Verdict verdict) {
        return switch (verdict) {
            case ALLOWED -> "allowed";
            case IMPLICIT_DENY -> "implicitDeny";
            case EXPLICIT_DENY -> "explicitDeny";
        };
    }

    private static boolean isFullySupported(JsonNode test) {
        if (!test.get("boundary").isNull() || test.get("policies").toString().contains("${")) {
            return false;
        }
        for (JsonNode policy : test.get("policies")) {
            JsonNode statements = policy.get("Statement");
            for (JsonNode statement : statements.isArray() ? statements : List.of(statements)) {
                List<String> keys = new ArrayList<>();
                statement.fieldNames().forEachRemaining(keys::add);
                if (!SUPPORTED.containsAll(keys)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static List<JsonNode> parse(String lines) throws IOException {
        List<JsonNode> tests = new ArrayList<>();
        for (String line : lines.split("\n")) {
            tests.add(JSON.readTree(line));
        }
        return tests;
    }
}
