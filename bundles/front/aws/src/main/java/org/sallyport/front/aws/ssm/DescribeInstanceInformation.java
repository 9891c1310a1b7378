package org.sallyport.front.aws.ssm;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.node.NodeInfo;
import org.sallyport.api.node.Nodes;
import org.sallyport.api.page.Page;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Lists managed nodes. */
@Component
@Serves(target = "AmazonSSM.DescribeInstanceInformation")
public final class DescribeInstanceInformation implements Operation {
    private static final int DEFAULT_ITEMS = 50;

    private final Nodes nodes;
    private final Clock clock;

    @Activate
    public DescribeInstanceInformation(@Reference Nodes nodes) {
        this(nodes, Clock.systemUTC());
    }

    DescribeInstanceInformation(Nodes nodes, Clock clock) {
        this.nodes = nodes;
        this.clock = clock;
    }

    @Override
    public Output call(Call call) {
        Input input = call.input();
        List<Nodes.Filter> filters = Stream.concat(
                        input.structures("InstanceInformationFilterList").stream()
                                .map(f -> new Nodes.Filter(f.required("key"), f.texts("valueSet"))),
                        input.structures("Filters").stream()
                                .map(f -> new Nodes.Filter(f.required("Key"), f.texts("Values"))))
                .toList();
        Page<NodeInfo> page = nodes.list(call.principal(), filters, input.page(DEFAULT_ITEMS));
        return Output.empty()
                .with("InstanceInformationList", page.items(), this::node)
                .withText("NextToken", page.nextToken());
    }

    private Output node(NodeInfo node) {
        return NodeMembers.common(node, clock.instant());
    }
}
