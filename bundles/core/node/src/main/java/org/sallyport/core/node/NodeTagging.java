package org.sallyport.core.node;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.access.Principal;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.node.ResourceTags;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Transactions;

/** Changes and shows the tags of nodes, and tells who listens. */
@Component(service = ResourceTags.class)
public final class NodeTagging implements ResourceTags {
    private final Decisions decisions;
    private final Transactions transactions;
    private final TagsHeard heard;

    @Activate
    public NodeTagging(
            @Reference DecisionPoint decisionPoint,
            @Reference ServerAddress address,
            @Reference Transactions transactions,
            @Reference TagsHeard heard,
            @Reference(target = NodeSchema.TARGET) Schema schema) {
        this(new Decisions(decisionPoint, address), transactions, heard);
    }

    NodeTagging(Decisions decisions, Transactions transactions, TagsHeard heard) {
        this.decisions = decisions;
        this.transactions = transactions;
        this.heard = heard;
    }

    @Override
    public void add(Principal caller, String type, String id, Map<String, String> tags) {
        Map<String, List<String>> context = new HashMap<>();
        tags.forEach((key, value) -> context.put("aws:RequestTag/" + key, List.of(value)));
        decide(caller, "ssm:AddTagsToResource", type, id, context, tags.keySet());
        TagRules.check(tags);
        transactions.run(connection -> {
            requireNode(id, NodeIds.valid(id) && NodeTable.lock(connection, id));
            Set<String> keys = new HashSet<>(TagTable.of(connection, List.of(id))
                    .getOrDefault(id, Map.of())
                    .keySet());
            keys.addAll(tags.keySet());
            TagRules.checkCount(keys.size());
            TagTable.put(connection, id, tags);
            return null;
        });
        heard.changed(id);
    }

    @Override
    public void remove(Principal caller, String type, String id, Set<String> keys) {
        decide(caller, "ssm:RemoveTagsFromResource", type, id, new HashMap<>(), keys);
        TagRules.checkKeys(keys);
        int removed = transactions.run(connection -> {
            requireNode(id, NodeIds.valid(id) && NodeTable.lock(connection, id));
            return TagTable.remove(connection, id, keys);
        });
        if (removed > 0) {
            heard.changed(id);
        }
    }

    @Override
    public Map<String, String> list(Principal caller, String type, String id) {
        decide(caller, "ssm:ListTagsForResource", type, id, new HashMap<>(), Set.of());
        return transactions.run(connection -> {
            requireNode(id, NodeIds.valid(id) && NodeTable.exists(connection, id));
            return new TreeMap<>(TagTable.of(connection, List.of(id)).getOrDefault(id, Map.of()));
        });
    }

    private void decide(
            Principal caller,
            String action,
            String type,
            String id,
            Map<String, List<String>> context,
            Collection<String> keys) {
        if (!keys.isEmpty()) {
            context.put("aws:TagKeys", List.copyOf(new TreeSet<>(keys)));
        }
        boolean node = type.equals(NODE);
        String arn = node ? decisions.nodeArn(id) : decisions.resourceArn(type.toLowerCase(Locale.ROOT), id);
        decisions.require(caller, action, arn, context);
        if (!node) {
            throw new SallyportException(
                    NodeError.RESOURCE_TYPE_UNKNOWN,
                    "This server keeps tags of " + NODE + " only; tags of an activation are given when it is made.");
        }
    }

    private static void requireNode(String id, boolean known) {
        if (!known) {
            throw new SallyportException(
                    NodeError.RESOURCE_UNKNOWN,
                    "There is no managed node " + NodeText.clean(id) + "; it was removed or never registered.");
        }
    }
}
