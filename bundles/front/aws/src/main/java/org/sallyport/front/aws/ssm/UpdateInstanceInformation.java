package org.sallyport.front.aws.ssm;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.node.NodeReport;
import org.sallyport.api.node.Nodes;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** The heartbeat of a node (node-agent specification, section 4.1). */
@Component
@Serves(target = "AmazonSSM.UpdateInstanceInformation")
public final class UpdateInstanceInformation implements Operation {
    /** Longest text that a report holds. */
    private static final int MAX_REPORTED = 256;

    private final Nodes nodes;

    @Activate
    public UpdateInstanceInformation(@Reference Nodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public Output call(Call call) {
        Input input = call.input();
        NodeReport report = new NodeReport(
                reported(input, "AgentName"),
                reported(input, "AgentVersion"),
                reported(input, "AgentStatus"),
                reported(input, "ComputerName"),
                reported(input, "IPAddress"),
                reported(input, "PlatformType"),
                reported(input, "PlatformName"),
                reported(input, "PlatformVersion"));
        nodes.heartbeat(call.principal(), input.required("InstanceId"), report);
        return Output.empty();
    }

    private static String reported(Input input, String member) {
        String text = input.text(member).orElse("");
        return text.length() <= MAX_REPORTED ? text : text.substring(0, MAX_REPORTED);
    }
}
