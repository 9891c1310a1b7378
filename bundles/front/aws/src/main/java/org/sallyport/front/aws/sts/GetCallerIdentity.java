package org.sallyport.front.aws.sts;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.access.Principal;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Says who signed. */
@Component
@Serves(target = "sts.GetCallerIdentity")
public final class GetCallerIdentity implements Operation {
    private final DecisionPoint decisions;

    @Activate
    public GetCallerIdentity(@Reference DecisionPoint decisions) {
        this.decisions = decisions;
    }

    @Override
    public Output call(Call call) {
        Principal caller = call.principal();
        decisions.require(new AccessRequest(caller, "sts:GetCallerIdentity", "*"));
        return Output.empty()
                .with("UserId", caller.id())
                .with("Account", caller.accountId())
                .with("Arn", caller.arn());
    }
}
