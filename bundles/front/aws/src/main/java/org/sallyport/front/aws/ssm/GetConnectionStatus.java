package org.sallyport.front.aws.ssm;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.node.Nodes;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Says whether a node's control channel is open. */
@Component
@Serves(target = "AmazonSSM.GetConnectionStatus")
public final class GetConnectionStatus implements Operation {
    private final Nodes nodes;

    @Activate
    public GetConnectionStatus(@Reference Nodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public Output call(Call call) {
        String target = call.input().required("Target");
        boolean connected = nodes.connected(call.principal(), target);
        return Output.empty().with("Target", target).with("Status", connected ? "connected" : "notconnected");
    }
}
