package org.sallyport.front.aws.ssm;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.AccessKeys.TemporaryCredentials;
import org.sallyport.api.node.Nodes;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Gives a node its temporary credentials (node-agent specification, section 3.1). */
@Component
@Serves(target = "AmazonSSM.RequestManagedInstanceRoleToken")
public final class RequestManagedInstanceRoleToken implements Operation {
    private final Nodes nodes;

    @Activate
    public RequestManagedInstanceRoleToken(@Reference Nodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public Output call(Call call) {
        TemporaryCredentials credentials =
                nodes.roleCredentials(call.principal(), call.input().required("Fingerprint"), call.sourceAddress());
        return Output.empty()
                .with("AccessKeyId", credentials.accessKeyId())
                .with("SecretAccessKey", credentials.secretAccessKey())
                .with("SessionToken", credentials.sessionToken())
                .with("TokenExpirationDate", credentials.expires())
                // the agent dies of an answer without it; when to rotate its key is the node's own choice
                .with("UpdateKeyPair", false);
    }
}
