package org.sallyport.front.aws.ssm;

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

/** Answers a node that asks for work: this server gives none (node-agent specification, section 4.2). */
@Component
@Serves(target = "AmazonSSM.ListInstanceAssociations")
public final class ListInstanceAssociations implements Operation {
    private final DecisionPoint decisions;
    private final ServerAddress address;

    @Activate
    public ListInstanceAssociations(@Reference DecisionPoint decisions, @Reference ServerAddress address) {
        this.decisions = decisions;
        this.address = address;
    }

    @Override
    public Output call(Call call) {
        String resource = "arn:aws:ssm:%s:%s:managed-instance/%s"
                .formatted(address.region(), address.accountId(), call.input().required("InstanceId"));
        decisions.require(new AccessRequest(call.principal(), "ssm:ListInstanceAssociations", resource));
        return Output.empty().with("Associations", List.of(), none -> Output.empty());
    }
}
