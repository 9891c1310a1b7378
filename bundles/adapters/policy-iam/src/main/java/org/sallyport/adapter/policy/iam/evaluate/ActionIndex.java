package org.sallyport.adapter.policy.iam.evaluate;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sallyport.adapter.policy.iam.document.Statement;
import org.sallyport.adapter.policy.iam.pattern.Glob;

/**
 * Finds the statements that may match a request, by action and then by resource, so that the cost of a decision grows with what matches and
 * not with the number of policies. Filled by one thread, then read by many.
 */
final class ActionIndex {
    /** A statement of more actions times resources is entered by its actions alone, so that no document makes the index large. */
    private static final int MAX_ENTRIES = 256;

    private final ResourceIndex always = new ResourceIndex();
    private final Map<String, ResourceIndex> exact = new HashMap<>();
    private final PrefixTree<ResourceIndex> byBeginning = new PrefixTree<>();

    void add(Statement statement, int number) {
        if (statement.actions().isNegated()) {
            enter(statement, number, always, false);
            return;
        }
        int resources =
                statement.resources().map(element -> element.patterns().size()).orElse(1);
        boolean large = (long) resources * statement.actions().patterns().size() > MAX_ENTRIES;
        for (String pattern : statement.actions().patterns()) {
            int literal = Glob.literalPrefix(pattern);
            Supplier<ResourceIndex> fresh = ResourceIndex::new;
            ResourceIndex index = literal == pattern.length()
                    ? exact.computeIfAbsent(pattern, unused -> fresh.get())
                    : byBeginning.at(pattern.substring(0, literal), fresh);
            enter(statement, number, index, large);
        }
    }

    private static void enter(Statement statement, int number, ResourceIndex index, boolean large) {
        if (large || statement.resources().isEmpty()) {
            index.addAlways(number);
        } else {
            index.add(statement.resources().get(), number);
        }
    }

    /** Gives the numbers of the statements that may match, some of them more than once. */
    void find(String action, String resource, Consumer<Numbers> found) {
        always.find(resource, found);
        ResourceIndex named = exact.get(action);
        if (named != null) {
            named.find(resource, found);
        }
        byBeginning.walk(action, 0, index -> index.find(resource, found));
    }
}
