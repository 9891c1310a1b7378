package org.sallyport.core.node;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.kernel.node.NodeTags;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Transactions;

/** The tags of nodes from their table. Needs nothing but the store, since the decision point must not wait for what waits for it. */
@Component(service = NodeTags.class)
public final class StoredTags implements NodeTags {
    private final TagTable table;

    @Activate
    public StoredTags(@Reference Transactions transactions, @Reference(target = NodeSchema.TARGET) Schema schema) {
        this(transactions);
    }

    StoredTags(Transactions transactions) {
        this.table = new TagTable(transactions);
    }

    @Override
    public Map<String, String> of(String nodeId) {
        return NodeIds.valid(nodeId) ? table.of(List.of(nodeId)).getOrDefault(nodeId, Map.of()) : Map.of();
    }

    @Override
    public Map<String, Map<String, String>> of(Collection<String> nodeIds) {
        Map<String, Map<String, String>> known = new TreeMap<>(
                table.of(nodeIds.stream().filter(NodeIds::valid).distinct().toList()));
        return Map.copyOf(known);
    }
}
