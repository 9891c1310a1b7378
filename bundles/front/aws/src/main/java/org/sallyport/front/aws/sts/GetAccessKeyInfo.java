package org.sallyport.front.aws.sts;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.iam.Account;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Says whose account an access key is of. */
@Component
@Serves(target = "sts.GetAccessKeyInfo")
public final class GetAccessKeyInfo implements Operation {
    private final Account account;

    @Activate
    public GetAccessKeyInfo(@Reference Account account) {
        this.account = account;
    }

    @Override
    public Output call(Call call) {
        return Output.empty()
                .with("Account", account.ofKey(call.principal(), call.input().required("AccessKeyId")));
    }
}
