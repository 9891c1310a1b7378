package org.sallyport.front.aws.ssm;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.node.ResourceTags;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Adds tags to a node, or changes their values. */
@Component
@Serves(target = "AmazonSSM.AddTagsToResource")
public final class AddTagsToResource implements Operation {
    private final ResourceTags tags;

    @Activate
    public AddTagsToResource(@Reference ResourceTags tags) {
        this.tags = tags;
    }

    @Override
    public Output call(Call call) {
        Input input = call.input();
        tags.add(
                call.principal(),
                input.required("ResourceType"),
                input.required("ResourceId"),
                TagMembers.map(input, "Tags"));
        return Output.empty();
    }
}
