package org.sallyport.adapter.tier.tag;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Which nodes may have sessions. */
@ObjectClassDefinition(name = "Sallyport: tiers by tag", description = "Sessions to hybrid nodes that have a tag")
public @interface TagTierConfig {
    @AttributeDefinition(name = "Key", description = "Key of the tag that a hybrid node needs")
    String tag_key() default "tier";

    @AttributeDefinition(name = "Value", description = "Value of that tag")
    String tag_value() default "advanced";

    @AttributeDefinition(
            name = "Standard nodes",
            description = "Hybrid nodes that may register while the account's tier is standard, 0 to 1000000")
    long standard_nodes() default 1000;
}
