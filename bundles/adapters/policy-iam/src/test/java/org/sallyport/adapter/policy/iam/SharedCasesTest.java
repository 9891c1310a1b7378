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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.spi.access.Authorizer.Verdict;
import org.sallyport.spi.access.PolicyDocuments;

/** Cases with the decision that AWS's documented rules give. */
class SharedCasesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Principal CALLER =
            new Principal("123456789012", PrincipalType.USER, "AIDA1", "bob", "arn:aws:iam::123456789012:user/bob");

    private final IamAuthorizer authorizer = new IamAuthorizer();

    @TestFactory
    Stream<DynamicTest> copiedCases() throws IOException {
        return tests(copied());
    }

    @TestFactory
    Stream<DynamicTest> allSharedCases() throws IOException {
        Path folder = Path.of(System.getProperty("sallyport.shared", "")).resolve("iam-cases");
        assumeTrue(Files.isDirectory(folder), "skipped: " + folder + " is not there; the copied cases run in any case");
        String all = Files.readString(folder.resolve("cases.jsonl"));
        assertThat(parse(all)).hasSizeGreaterThanOrEqualTo(parse(copied()).size());
        return tests(all);
    }

    @Test
    void copiedCasesHoldEveryKindOfDecision() throws IOException {
        assertThat(parse(copied()).stream().map(test -> test.get("expected").asText()))
                .hasSizeGreaterThanOrEqualTo(300)
                .contains("allowed", "implicitDeny", "explicitDeny");
    }

    private static String copied() throws IOException {
        try (InputStream in = SharedCasesTest.class.getResourceAsStream("/cases.jsonl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Stream<DynamicTest> tests(String lines) throws IOException {
        return parse(lines).stream()
                .map(test -> DynamicTest.dynamicTest(test.get("id").asText(), () -> assertThat(name(decide(test)))
                        .isEqualTo(test.get("expected").asText())));
    }

    private Verdict decide(JsonNode test) {
        Map<String, List<String>> context = new HashMap<>();
        for (JsonNode entry : test.get("context")) {
            context.put(entry.get("key").asText(), texts(entry.get("values"), JsonNode::asText));
        }
        AccessRequest request = new AccessRequest(
                CALLER, test.get("action").asText(), test.get("resource").asText(), context);
        PolicyDocuments policies = PolicyDocuments.ofIdentity(texts(test.get("policies"), JsonNode::toString))
                .withBoundary(texts(test.get("boundary"), JsonNode::toString));
        return authorizer.decide(request, policies, Instant.MAX);
    }

    private static List<String> texts(JsonNode list, Function<JsonNode, String> text) {
        return StreamSupport.stream(list.spliterator(), false).map(text).toList();
    }

    private static String name(Verdict verdict) {
        return switch (verdict) {
            case ALLOWED -> "allowed";
            case IMPLICIT_DENY -> "implicitDeny";
            case EXPLICIT_DENY -> "explicitDeny";
        };
    }

    private static List<JsonNode> parse(String lines) throws IOException {
        List<JsonNode> tests = new ArrayList<>();
        for (String line : lines.split("\n")) {
            tests.add(JSON.readTree(line));
        }
        return tests;
    }
}
