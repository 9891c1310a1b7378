package org.sallyport.core.node;

import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.FieldOption;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.sallyport.kernel.node.NodeEvent;
import org.sallyport.kernel.node.NodeEventListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells everybody who listens what happened to a node, and the log. One listener that fails keeps nothing from the next. */
@Component(service = EventsHeard.class)
public final class EventsHeard {
    private static final Logger LOG = LoggerFactory.getLogger(EventsHeard.class);

    @Reference(policy = ReferencePolicy.DYNAMIC, fieldOption = FieldOption.REPLACE)
    volatile List<NodeEventListener> listeners = List.of();

    void happened(NodeEvent event) {
        LOG.info(
                "{} {} {}{}",
                event.subject(),
                event.kind(),
                event.details(),
                event.by().map(by -> " by " + by.arn()).orElse(""));
        for (NodeEventListener listener : listeners) {
            try {
                listener.happened(event);
            } catch (RuntimeException e) {
                LOG.error("a listener failed to take {} of {}", event.kind(), event.subject(), e);
            }
        }
    }
}
