package org.sallyport.adapter.policy.iam.evaluate;

import java.util.function.Consumer;
import org.sallyport.adapter.policy.iam.document.ResourcePatterns;
import org.sallyport.adapter.policy.iam.pattern.Glob;
import org.sallyport.adapter.policy.iam.pattern.Template;

/**
 * Finds the statements that may match a resource: by the literal beginning of their patterns, or, where an earlier part of the ARN has
 * wildcards, by the literal beginning of its last part. Gives some that do not match, and never leaves one out that does.
 */
final class ResourceIndex {
    /** Colons before the last part of an ARN. */
    private static final int COLONS = 5;

    private final Numbers always = new Numbers();
    private final PrefixTree<Numbers> byBeginning = new PrefixTree<>();
    private final PrefixTree<Numbers> byLastPart = new PrefixTree<>();

    void add(ResourcePatterns resources, int number) {
        if (resources.isNegated()) {
            always.add(number);
            return;
        }
        for (Template pattern : resources.patterns()) {
            add(pattern.head(), number);
        }
    }

    void addAlways(int number) {
        always.add(number);
    }

    private void add(String head, int number) {
        int literal = Glob.literalPrefix(head);
        int last = afterColon(head, COLONS);
        String lastPart = last < 0 ? "" : head.substring(last);
        lastPart = lastPart.substring(0, Glob.literalPrefix(lastPart));
        if (literal == 0) {
            always.add(number);
        } else if (last < 0 || literal >= last || literal > lastPart.length()) {
            byBeginning.at(head.substring(0, literal), Numbers::new).add(number);
        } else {
            byLastPart.at(lastPart, Numbers::new).add(number);
        }
    }

    /** Gives the numbers of the statements that may match, some of them more than once. */
    void find(String resource, Consumer<Numbers> found) {
        found.accept(always);
        byBeginning.walk(resource, 0, found);
        // wildcards may have taken colons too, so the last part of a pattern may begin behind any later one
        for (int at = afterColon(resource, COLONS); at > 0; at = resource.indexOf(':', at) + 1) {
            byLastPart.walk(resource, at, found);
        }
    }

    /** The position behind the n-th colon; -1 when there are fewer. */
    private static int afterColon(String text, int n) {
        int at = 0;
        for (int i = 0; i < n; i++) {
            at = text.indexOf(':', at) + 1;
            if (at == 0) {
                return -1;
            }
        }
        return at;
    }
}
