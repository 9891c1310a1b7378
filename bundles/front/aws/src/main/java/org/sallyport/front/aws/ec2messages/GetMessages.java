package org.sallyport.front.aws.ec2messages;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Answers a node that polls for commands: there are none (node-agent specification, section 4.4). */
@Component
@Serves(target = "EC2WindowsMessageDeliveryService.GetMessages")
public final class GetMessages implements Operation {
    private final DecisionPoint decisions;
    private final ServerAddress address;

    @Activate
    public GetMessages(@Reference DecisionPoint decisions, @Reference ServerAddress address) {
        this.decisions = decisions;
        this.address = address;
    }

    @Override
    public Output call(Call call) {
        String destination = call.input().required("Destination");
        String resource =
                "arn:aws:ssm:%s:%s:managed-instance/%s".formatted(address.region(), address.accountId(), destination);
        decisions.require(new AccessRequest(call.principal(), "ec2messages:GetMessages", resource));
        return Output.empty()
                .with("Destination", destination)
                .with("Messages", List.of(), none -> Output.empty())
                .with("MessagesRequestId", call.input().required("MessagesRequestId"));
    }
}
