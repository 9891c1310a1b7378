package org.sallyport.front.aws;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.node.ResourceTags;

/** The tags of one node. */
final class FakeTags implements ResourceTags {
    final Map<String, String> tags = new TreeMap<>(Map.of("team", "blue"));

    @Override
    public void add(Principal caller, String type, String id, Map<String, String> added) {
        check(type, id);
        if (tags.size() + added.size() > 50) {
            throw new SallyportException(NodeError.TOO_MANY_TAGS, "too many");
        }
        tags.putAll(added);
    }

    @Override
    public void remove(Principal caller, String type, String id, Set<String> keys) {
        check(type, id);
        tags.keySet().removeAll(keys);
    }

    @Override
    public Map<String, String> list(Principal caller, String type, String id) {
        check(type, id);
        return tags;
    }

    private static void check(String type, String id) {
        if (!type.equals(NODE)) {
            throw new SallyportException(NodeError.RESOURCE_TYPE_UNKNOWN, type);
        }
        if (!id.equals(FakeNodes.ID)) {
            throw new SallyportException(NodeError.RESOURCE_UNKNOWN, id);
        }
    }
}
