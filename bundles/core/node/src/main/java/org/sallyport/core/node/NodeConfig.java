package org.sallyport.core.node;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What an operator decides about nodes. */
@ObjectClassDefinition(name = "Sallyport: nodes", description = "Life of managed nodes")
public @interface NodeConfig {
    @AttributeDefinition(
            name = "Reap after",
            description = "Days without a sign of life after which a node is deregistered, 1 to 3650; 0 for never")
    int reap_after_days() default 0;

    @AttributeDefinition(
            name = "Second channel",
            description =
                    "What happens when a node opens a control channel from another address while it has one: replace (the"
                            + " newer serves) or refuse (the older serves until it is lost). Either way it is told as an event",
            options = {@Option("replace"), @Option("refuse")})
    String second_channel() default "replace";

    @AttributeDefinition(name = "Usage kept", description = "Days that the node-hours of a day are kept, 31 to 3650")
    int usage_kept_days() default 400;
}
