package org.sallyport.front.aws.iam;

import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.Account;
import org.sallyport.api.iam.IamError;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.OperationSet;
import org.sallyport.front.aws.Output;

/**
 * Lists of what an account of AWS may have and one of this server never has, so they are empty: tools ask for them before they delete a user or
 * show an account.
 */
@Component
public final class AbsentOperations implements OperationSet {
    private final DecisionPoint decisions;
    private final Account account;

    @Activate
    public AbsentOperations(@Reference DecisionPoint decisions, @Reference Account account) {
        this.decisions = decisions;
        this.account = account;
    }

    private final Map<String, Operation> operations = Map.of(
            "iam.ListAccountAliases",
            call -> none(call, "iam:ListAccountAliases", "AccountAliases"),
            "iam.ListServerCertificates",
            call -> none(call, "iam:ListServerCertificates", "ServerCertificateMetadataList"),
            "iam.ListSAMLProviders",
            this::noProviders,
            "iam.GetAccountPasswordPolicy",
            this::noPasswordPolicy,
            "iam.ListSSHPublicKeys",
            call -> noneOfUser(call, "iam:ListSSHPublicKeys", "SSHPublicKeys"),
            "iam.ListSigningCertificates",
            call -> noneOfUser(call, "iam:ListSigningCertificates", "Certificates"),
            "iam.ListServiceSpecificCredentials",
            this::noCredentials);

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    private Output none(Operation.Call call, String action, String member) {
        decisions.require(new AccessRequest(call.principal(), action, "*"));
        return Output.empty().withTexts(member, List.of()).with("IsTruncated", false);
    }

    private Output noneOfUser(Operation.Call call, String action, String member) {
        account.requireUser(call.principal(), action, call.input().text("UserName"));
        return Output.empty().withTexts(member, List.of()).with("IsTruncated", false);
    }

    private Output noProviders(Operation.Call call) {
        decisions.require(new AccessRequest(call.principal(), "iam:ListSAMLProviders", "*"));
        return Output.empty().withTexts("SAMLProviderList", List.of());
    }

    private Output noCredentials(Operation.Call call) {
        account.requireUser(
                call.principal(),
                "iam:ListServiceSpecificCredentials",
                call.input().text("UserName"));
        return Output.empty().withTexts("ServiceSpecificCredentials", List.of());
    }

    /** What a password must be is the identity provider's to say, and not kept in IAM. */
    private Output noPasswordPolicy(Operation.Call call) {
        decisions.require(new AccessRequest(call.principal(), "iam:GetAccountPasswordPolicy", "*"));
        throw new SallyportException(
                IamError.NO_SUCH_ENTITY,
                "The Password Policy with domain name " + call.principal().accountId() + " cannot be found.");
    }
}
