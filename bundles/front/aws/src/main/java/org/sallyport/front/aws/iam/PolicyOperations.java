package org.sallyport.front.aws.iam;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.iam.ManagedPolicies;
import org.sallyport.api.iam.ManagedPolicy;
import org.sallyport.api.iam.PolicyVersion;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.OperationSet;
import org.sallyport.front.aws.Output;

/** Managed policies and their versions. */
@Component
public final class PolicyOperations implements OperationSet {
    private static final String ARN = "PolicyArn";
    private static final String DOCUMENT = "PolicyDocument";
    private static final String VERSION = "VersionId";

    private final ManagedPolicies policies;

    @Activate
    public PolicyOperations(@Reference ManagedPolicies policies) {
        this.policies = policies;
    }

    private final Map<String, Operation> operations = Map.of(
            "iam.CreatePolicy", this::create,
            "iam.GetPolicy", this::get,
            "iam.DeletePolicy", this::delete,
            "iam.ListPolicies", this::list,
            "iam.CreatePolicyVersion", this::createVersion,
            "iam.GetPolicyVersion", this::version,
            "iam.ListPolicyVersions", this::versions,
            "iam.SetDefaultPolicyVersion", this::setDefault,
            "iam.DeletePolicyVersion", this::deleteVersion);

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    /** What a managed policy is used for, as IAM names it. */
    static Optional<ManagedPolicies.Usage> usage(Input input) {
        return input.text("PolicyUsageFilter")
                .map(usage -> usage.equals("PermissionsBoundary")
                        ? ManagedPolicies.Usage.BOUNDARY
                        : ManagedPolicies.Usage.PERMISSIONS);
    }

    private Output create(Operation.Call call) {
        Input input = call.input();
        ManagedPolicy made = policies.create(
                call.principal(),
                new ManagedPolicies.NewPolicy(
                        input.required("PolicyName"),
                        IamAnswers.path(input),
                        input.required(DOCUMENT),
                        input.text("Description").orElse(""),
                        IamAnswers.tags(input)));
        return Output.empty().with("Policy", policy(made));
    }

    private Output get(Operation.Call call) {
        return Output.empty()
                .with(
                        "Policy",
                        policy(policies.get(call.principal(), call.input().required(ARN))));
    }

    private Output delete(Operation.Call call) {
        policies.delete(call.principal(), call.input().required(ARN));
        return Output.empty();
    }

    private Output list(Operation.Call call) {
        Input input = call.input();
        ManagedPolicies.Wanted wanted = new ManagedPolicies.Wanted(
                input.text("Scope")
                        .map(scope -> ManagedPolicies.Scope.valueOf(scope.toUpperCase(Locale.ROOT)))
                        .orElse(ManagedPolicies.Scope.ALL),
                input.flag("OnlyAttached").orElse(false),
                usage(input),
                IamAnswers.listed(input));
        return IamAnswers.page("Policies", policies.list(call.principal(), wanted), PolicyOperations::policy);
    }

    private Output createVersion(Operation.Call call) {
        Input input = call.input();
        PolicyVersion made = policies.createVersion(
                call.principal(),
                input.required(ARN),
                input.required(DOCUMENT),
                input.flag("SetAsDefault").orElse(false));
        return Output.empty().with("PolicyVersion", IamAnswers.version(made));
    }

    private Output version(Operation.Call call) {
        Input input = call.input();
        PolicyVersion version = policies.version(call.principal(), input.required(ARN), input.required(VERSION));
        return Output.empty().with("PolicyVersion", IamAnswers.wholeVersion(version));
    }

    private Output versions(Operation.Call call) {
        Input input = call.input();
        return IamAnswers.page(
                "Versions",
                policies.versions(call.principal(), input.required(ARN), input.marked()),
                IamAnswers::version);
    }

    private Output setDefault(Operation.Call call) {
        Input input = call.input();
        policies.setDefault(call.principal(), input.required(ARN), input.required(VERSION));
        return Output.empty();
    }

    private Output deleteVersion(Operation.Call call) {
        Input input = call.input();
        policies.deleteVersion(call.principal(), input.required(ARN), input.required(VERSION));
        return Output.empty();
    }

    private static Output policy(ManagedPolicy policy) {
        return Output.empty()
                .with("PolicyName", policy.name())
                .with("PolicyId", policy.id())
                .with("Arn", policy.arn())
                .with("Path", policy.path())
                .with("DefaultVersionId", policy.defaultVersion())
                .with("AttachmentCount", policy.attachments())
                .with("PermissionsBoundaryUsageCount", policy.boundaries())
                .with("IsAttachable", true)
                .withText("Description", Optional.of(policy.description()))
                .with("CreateDate", policy.created())
                .with("UpdateDate", policy.updated())
                .withAny("Tags", policy.tags(), IamAnswers::tag);
    }
}
