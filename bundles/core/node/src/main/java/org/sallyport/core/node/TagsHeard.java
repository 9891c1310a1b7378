package org.sallyport.core.node;

import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.FieldOption;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.sallyport.kernel.node.NodeTagsListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells everybody who listens that the tags of a node are others. One listener that fails keeps nothing from the next. */
@Component(service = TagsHeard.class)
public final class TagsHeard {
    private static final Logger LOG = LoggerFactory.getLogger(TagsHeard.class);

    @Reference(policy = ReferencePolicy.DYNAMIC, fieldOption = FieldOption.REPLACE)
    volatile List<NodeTagsListener> listeners = List.of();

    void changed(String nodeId) {
        for (NodeTagsListener listener : listeners) {
            try {
                listener.tagsChanged(nodeId);
            } catch (RuntimeException e) {
                LOG.error("a listener failed to take that the tags of node {} changed", nodeId, e);
            }
        }
    }
}
