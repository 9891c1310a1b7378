package org.sallyport.adapter.policy.iam.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sallyport.spi.access.PolicyKind;

/** Documents that were changed at random are compiled or refused, and nothing else happens. */
class DocumentFuzzTest {
    private static final int ROUNDS = 10_000;
    private static final String PIECES = "{}[]\":,*?$\\/ 0-9.aA\t\n\u0000\u00e9\ufffe\ud800";
    private static final List<String> WORDS = List.of(
            "\"Condition\":{\"NumericLessThan\":{\"k\":1e999999999}}",
            "\"Condition\":{\"DateEquals\":{\"k\":\"-999999999-01-01\"}}",
            "\"Condition\":{\"IpAddress\":{\"k\":\"::1::/999\"}}",
            "\"Condition\":{\"StringLike\":{\"k\":\"${${${\"}}",
            "\"Principal\":{\"AWS\":[[]]}",
            "\"Statement\":null",
            "[".repeat(100),
            "${a, '",
            "\\uFFFF",
            "\"Effect\":\"Deny\",");

    @Test
    void compilesOrRefusesWhatWasMutated() {
        Random random = new Random(7);
        int[] refused = new int[1];
        assertTimeoutPreemptively(Duration.ofMinutes(5), () -> {
            List<String> originals = originals();
            for (int i = 0; i < ROUNDS; i++) {
                String mutant = originals.get(random.nextInt(originals.size()));
                for (int j = random.nextInt(4); j >= 0; j--) {
                    mutant = mutate(mutant, random);
                }
                refused[0] += isRefused(mutant, random) ? 1 : 0;
            }
        });

        assertThat(refused[0]).isBetween(ROUNDS / 3, ROUNDS - 100);
    }

    private static boolean isRefused(String document, Random random) {
        PolicyKind kind = PolicyKind.values()[random.nextInt(PolicyKind.values().length)];
        try {
            Policy policy = Policy.parse(kind, document);
            assertThat(policy.statements()).isNotEmpty().allSatisfy(statement -> {
                assertThat(statement.actions().written()).isNotEmpty();
                assertThat(statement.resources().isPresent()).isEqualTo(kind != PolicyKind.TRUST);
            });
            return false;
        } catch (MalformedPolicyException e) {
            assertThat(e.getMessage()).isNotBlank();
            assertThat(e.detail()).isNotBlank();
            return true;
        }
    }

    private static List<String> originals() throws IOException {
        try (InputStream in = DocumentFuzzTest.class.getResourceAsStream("/cases.jsonl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .limit(100)
                    .map(line -> line.substring(
                            line.indexOf("\"policies\":[") + 12,
                            line.indexOf(",{\"Version\"") > 0
                                    ? line.indexOf(",{\"Version\"")
                                    : line.indexOf("],\"boundary\"")))
                    .toList();
        }
    }

    private static String mutate(String text, Random random) {
        int at = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), at + random.nextInt(8));
        String start = text.substring(0, at);
        return switch (random.nextInt(5)) {
            case 0 -> start + text.substring(to);
            case 1 -> start + PIECES.charAt(random.nextInt(PIECES.length())) + text.substring(at);
            case 2 -> start + WORDS.get(random.nextInt(WORDS.size())) + text.substring(at);
            case 3 -> start + text.substring(at, to).repeat(random.nextInt(4)) + text.substring(at);
            default ->
                start
                        + PIECES.charAt(random.nextInt(PIECES.length()))
                        + text.substring(Math.min(text.length(), at + 1));
        };
    }
}
