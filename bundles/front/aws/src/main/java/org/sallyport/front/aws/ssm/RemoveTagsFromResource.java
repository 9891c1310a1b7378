package org.sallyport.front.aws.ssm;

import java.util.HashSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.node.ResourceTags;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Removes tags from a node. */
@Component
@Serves(target = "AmazonSSM.RemoveTagsFromResource")
public final class RemoveTagsFromResource implements Operation {
    private final ResourceTags tags;

    @Activate
    public RemoveTagsFromResource(@Reference ResourceTags tags) {
        this.tags = tags;
    }

    @Override
    public Output call(Call call) {
        Input input = call.input();
        tags.remove(
                call.principal(),
                input.required("ResourceType"),
                input.required("ResourceId"),
                new HashSet<>(input.texts("TagKeys")));
        return Output.empty();
    }
}
