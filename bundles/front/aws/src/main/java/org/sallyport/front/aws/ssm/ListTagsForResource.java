package org.sallyport.front.aws.ssm;

import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.node.ResourceTags;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Shows the tags of a node. */
@Component
@Serves(target = "AmazonSSM.ListTagsForResource")
public final class ListTagsForResource implements Operation {
    private final ResourceTags tags;

    @Activate
    public ListTagsForResource(@Reference ResourceTags tags) {
        this.tags = tags;
    }

    @Override
    public Output call(Call call) {
        Input input = call.input();
        Map<String, String> found =
                tags.list(call.principal(), input.required("ResourceType"), input.required("ResourceId"));
        return Output.empty().with("TagList", List.copyOf(found.entrySet()), TagMembers::output);
    }
}
