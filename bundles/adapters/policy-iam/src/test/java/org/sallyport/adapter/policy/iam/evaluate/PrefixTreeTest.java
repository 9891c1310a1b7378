package org.sallyport.adapter.policy.iam.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PrefixTreeTest {

    @Test
    void findsEveryBeginningAndNothingElse() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            PrefixTree<String> tree = new PrefixTree<>();
            Set<String> texts = new HashSet<>();
            for (int i = random.nextInt(40); i > 0; i--) {
                String text = text(random);
                texts.add(text);
                assertThat(tree.at(text, () -> text)).isEqualTo(text);
            }
            String asked = text(random) + text(random);

            assertThat(walk(tree, "x" + asked, 1))
                    .containsExactlyInAnyOrderElementsOf(
                            texts.stream().filter(asked::startsWith).toList());
        }
    }

    private static Collection<String> walk(PrefixTree<String> tree, String text, int from) {
        List<String> found = new ArrayList<>();
        tree.walk(text, from, found::add);
        return found;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append((char) ('a' + random.nextInt(2)));
        }
        return text.toString();
    }
}
