package org.sallyport.front.aws.ssm;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.node.NodeInfo;
import org.sallyport.api.node.Nodes;
import org.sallyport.api.node.Nodes.Operator;
import org.sallyport.api.page.Page;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Lists managed nodes, with filters that compare in more ways than {@link DescribeInstanceInformation}. */
@Component
@Serves(target = "AmazonSSM.DescribeInstanceProperties")
public final class DescribeInstanceProperties implements Operation {
    private static final int DEFAULT_ITEMS = 50;

    private final Nodes nodes;
    private final Clock clock;

    @Activate
    public DescribeInstanceProperties(@Reference Nodes nodes) {
        this(nodes, Clock.systemUTC());
    }

    DescribeInstanceProperties(Nodes nodes, Clock clock) {
        this.nodes = nodes;
        this.clock = clock;
    }

    @Override
    public Output call(Call call) {
        Input input = call.input();
        List<Nodes.Filter> filters = Stream.concat(
                        input.structures("InstancePropertyFilterList").stream()
                                .map(f -> new Nodes.Filter(f.required("key"), f.texts("valueSet"))),
                        input.structures("FiltersWithOperator").stream()
                                .map(f -> new Nodes.Filter(f.required("Key"), f.texts("Values"), operator(f))))
                .toList();
        Page<NodeInfo> page = nodes.properties(call.principal(), filters, input.page(DEFAULT_ITEMS));
        return Output.empty()
                .with("InstanceProperties", page.items(), this::node)
                .withText("NextToken", page.nextToken());
    }

    private static Operator operator(Input filter) {
        return switch (filter.text("Operator").orElse("Equal")) {
            case "NotEqual" -> Operator.NOT_EQUAL;
            case "BeginWith" -> Operator.BEGIN_WITH;
            case "LessThan" -> Operator.LESS_THAN;
            case "GreaterThan" -> Operator.GREATER_THAN;
            default -> Operator.EQUAL;
        };
    }

    private Output node(NodeInfo node) {
        return NodeMembers.common(node, clock.instant()).with("InstanceRole", node.role());
    }
}
