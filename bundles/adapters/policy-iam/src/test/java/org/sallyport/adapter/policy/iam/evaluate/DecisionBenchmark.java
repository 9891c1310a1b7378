package org.sallyport.adapter.policy.iam.evaluate;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.sallyport.adapter.policy.iam.IamAuthorizer;
import org.sallyport.adapter.policy.iam.document.MalformedPolicyException;
import org.sallyport.adapter.policy.iam.document.Policy;
import org.sallyport.adapter.policy.iam.document.Statement;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.spi.access.Authorizer.Verdict;
import org.sallyport.spi.access.PolicyDocuments;
import org.sallyport.spi.access.PolicyKind;
import org.sallyport.spi.access.PolicyLayer;

/**
 * Prints decisions a second of one core: 500 policies of which five match a request, 10,000 distinct requests, no decision kept. Also by a walk
 * over all compiled statements, and through the adapter, which is given the documents as text. Run it by {@code -Dtest=DecisionBenchmark}; its name keeps
 * it out of builds.
 */
class DecisionBenchmark {
    private static final int NODES = 100;
    private static final int EACH = 5;
    private static final int REQUESTS = 10_000;
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final Principal BOB =
            new Principal("123456789012", PrincipalType.USER, "AIDA1", "bob", "arn:aws:iam::123456789012:user/bob");

    @Test
    void printsDecisionsASecond() throws MalformedPolicyException {
        List<String> documents = documents(NODES, EACH);
        List<Policy> policies = parsed(documents);
        List<AccessRequest> requests = requests(NODES);
        PolicySet set = new PolicySet(new Layer(PolicyLayer.IDENTITY, policies));
        List<Statement> all = policies.stream()
                .flatMap(policy -> policy.statements().stream())
                .toList();
        PolicyDocuments texts = PolicyDocuments.ofIdentity(documents);
        IamAuthorizer authorizer = new IamAuthorizer();

        long matching = matching(all, Question.of(requests.get(0)));
        System.out.printf(
                "%d policies, %d statements match a request, %d distinct requests%n",
                policies.size(), matching, REQUESTS);
        double indexed = measure(
                "index",
                requests,
                request -> allowed(set.decide(Question.of(request)).verdict()));
        double walked = measure("walk over all", requests, request -> allowed(walk(all, Question.of(request))));
        measure("adapter, given texts", requests, request -> allowed(authorizer.decide(request, texts, Instant.MAX)));
        System.out.printf("index to walk: %.1f%n", indexed / walked);
    }

    /** What the cost grows with: what matches, and not how much there is. */
    @Test
    void printsWhatItGrowsWith() throws MalformedPolicyException {
        for (int[] size : new int[][] {{100, 1}, {500, 1}, {20, 5}, {100, 5}, {1_000, 5}, {20, 25}, {200, 25}}) {
            List<Policy> policies = parsed(documents(size[0], size[1]));
            PolicySet set = new PolicySet(new Layer(PolicyLayer.IDENTITY, policies));
            measure(
                    "%,d policies, %d match".formatted(policies.size(), size[1]),
                    requests(size[0]),
                    request -> allowed(set.decide(Question.of(request)).verdict()));
        }
    }

    private static List<Policy> parsed(List<String> documents) throws MalformedPolicyException {
        List<Policy> policies = new ArrayList<>();
        for (String document : documents) {
            policies.add(Policy.parse(PolicyKind.INPUT, document));
        }
        return policies;
    }

    /** The best of some rounds, by the processor time of this thread, so that neighbours on the machine count little. */
    private static double measure(String name, List<AccessRequest> all, ToLongFunction<AccessRequest> decide) {
        List<AccessRequest> requests = all;
        double best = 0;
        for (int round = 0; round < 8; round++) {
            long start = CLOCK.getCurrentThreadCpuTime();
            long allowed = 0;
            long decisions = 0;
            while (CLOCK.getCurrentThreadCpuTime() - start < 500_000_000L) {
                for (AccessRequest request : requests.subList(0, 1000)) {
                    allowed += decide.applyAsLong(request);
                }
                decisions += 1000;
                requests = rotated(requests);
            }
            best = Math.max(best, decisions * 1e9 / (CLOCK.getCurrentThreadCpuTime() - start));
            if (allowed == 0) {
                throw new IllegalStateException("some requests must be allowed");
            }
        }
        System.out.printf("%-24s %,12.0f decisions/s%n", name, best);
        return best;
    }

    /** The next thousand requests first. */
    private static List<AccessRequest> rotated(List<AccessRequest> requests) {
        List<AccessRequest> rotated = new ArrayList<>(requests.subList(1000, requests.size()));
        rotated.addAll(requests.subList(0, 1000));
        return rotated;
    }

    private static long allowed(Verdict verdict) {
        return verdict == Verdict.ALLOWED ? 1 : 0;
    }

    private static Verdict walk(List<Statement> statements, Question question) {
        Verdict verdict = Verdict.IMPLICIT_DENY;
        for (Statement statement : statements) {
            if (statement.actions().match(question.action())
                    && statement.matchesResource(question.resource(), question.context())
                    && statement.conditionsHold(question.context())) {
                if (!statement.allow()) {
                    return Verdict.EXPLICIT_DENY;
                }
                verdict = Verdict.ALLOWED;
            }
        }
        return verdict;
    }

    private static long matching(List<Statement> statements, Question question) {
        return statements.stream()
                .filter(statement -> statement.actions().match(question.action())
                        && statement.matchesResource(question.resource(), question.context()))
                .count();
    }

    /** So many policies for each node, all for the same action, so that the action alone finds nothing. Each fifth one denies. */
    private static List<String> documents(int nodes, int each) {
        List<String> documents = new ArrayList<>();
        for (int i = 0; i < nodes * each; i++) {
            int kind = i / nodes % 5;
            int node = i % nodes;
            String resource =
                    switch (kind) {
                        case 0 -> "arn:aws:ssm:*:*:managed-instance/" + node(node);
                        case 1 -> "arn:aws:ssm:eu-central-1:123456789012:managed-instance/" + node(node);
                        default -> "arn:aws:ssm:*:123456789012:managed-instance/" + node(node) + "*";
                    };
            String condition =
                    switch (kind) {
                        case 2 -> "\"StringEquals\":{\"aws:PrincipalTag/team\":\"${ssm:resourceTag/team}\"}";
                        case 3 -> "\"IpAddress\":{\"aws:SourceIp\":[\"10.0.0.0/8\",\"192.0.2.0/24\"]}";
                        default -> "\"Bool\":{\"aws:SecureTransport\":\"true\"}";
                    };
            documents.add(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"%s","Action":["ssm:StartSession","ssm:ResumeSession"],\
                    "Resource":"%s","Condition":{%s%s}}]}"""
                            .formatted(
                                    kind == 4 ? "Deny" : "Allow",
                                    resource,
                                    condition,
                                    kind == 4 ? ",\"StringNotLike\":{\"aws:username\":[\"b*\",\"al?ce\"]}" : ""));
        }
        return documents;
    }

    private static String node(int number) {
        return "mi-%017x".formatted(number * 0x9E3779B97F4A7C15L & 0xFFFFFFFFFFFFFFL);
    }

    private static List<AccessRequest> requests(int nodes) {
        List<AccessRequest> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            String user = i % 7 == 6 ? "eve" + i : "bob" + i;
            requests.add(new AccessRequest(
                    BOB,
                    "ssm:StartSession",
                    "arn:aws:ssm:eu-central-1:123456789012:managed-instance/" + node(i % nodes),
                    Map.ofEntries(
                            Map.entry("aws:username", List.of(user)),
                            Map.entry("aws:userid", List.of("AIDA" + i)),
                            Map.entry("aws:PrincipalArn", List.of("arn:aws:iam::123456789012:user/" + user)),
                            Map.entry("aws:PrincipalAccount", List.of("123456789012")),
                            Map.entry("aws:PrincipalType", List.of("User")),
                            Map.entry("aws:PrincipalTag/team", List.of("team" + i % 3)),
                            Map.entry("ssm:resourceTag/team", List.of("team" + i % 2)),
                            Map.entry("aws:SourceIp", List.of("10.1." + i % 200 + "." + i % 250)),
                            Map.entry("aws:SecureTransport", List.of("true")),
                            Map.entry("aws:UserAgent", List.of("aws-cli/2.15.0")),
                            Map.entry("aws:CurrentTime", List.of("2026-01-06T15:30:23Z")),
                            Map.entry("aws:EpochTime", List.of("1767713423")))));
        }
        return requests;
    }
}
