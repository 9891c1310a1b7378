package org.sallyport.core.access;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sallyport.kernel.node.NodeTags;

/** Tags of nodes as a test sets them. */
final class SetTags implements NodeTags {
    final Map<String, Map<String, String>> tags = new ConcurrentHashMap<>();

    @Override
    public Map<String, String> of(String nodeId) {
        return tags.getOrDefault(nodeId, Map.of());
    }

    @Override
    public Map<String, Map<String, String>> of(Collection<String> nodeIds) {
        Map<String, Map<String, String>> found = new HashMap<>(tags);
        found.keySet().retainAll(nodeIds);
        return found;
    }
}
