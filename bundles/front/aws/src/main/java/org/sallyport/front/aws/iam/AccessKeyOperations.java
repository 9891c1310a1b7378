package org.sallyport.front.aws.iam;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.iam.LastUsed;
import org.sallyport.api.iam.UserKey;
import org.sallyport.api.iam.UserKeys;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.OperationSet;
import org.sallyport.front.aws.Output;

/** Access keys of users. */
@Component
public final class AccessKeyOperations implements OperationSet {
    private static final String ID = "AccessKeyId";
    private static final String USER = "UserName";
    private static final String ACTIVE = "Active";

    private final UserKeys keys;

    @Activate
    public AccessKeyOperations(@Reference UserKeys keys) {
        this.keys = keys;
    }

    private final Map<String, Operation> operations = Map.of(
            "iam.CreateAccessKey", this::create,
            "iam.UpdateAccessKey", this::update,
            "iam.DeleteAccessKey", this::delete,
            "iam.ListAccessKeys", this::list,
            "iam.GetAccessKeyLastUsed", this::lastUsed);

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    private Output create(Operation.Call call) {
        UserKeys.Made made = keys.create(call.principal(), call.input().text(USER));
        return Output.empty().with("AccessKey", key(made.key()).with("SecretAccessKey", made.secretAccessKey()));
    }

    private Output update(Operation.Call call) {
        Input input = call.input();
        keys.update(
                call.principal(),
                input.text(USER),
                input.required(ID),
                input.required("Status").equals(ACTIVE));
        return Output.empty();
    }

    private Output delete(Operation.Call call) {
        keys.delete(call.principal(), call.input().text(USER), call.input().required(ID));
        return Output.empty();
    }

    private Output list(Operation.Call call) {
        Input input = call.input();
        return IamAnswers.page(
                "AccessKeyMetadata",
                keys.list(call.principal(), input.text(USER), input.marked()),
                AccessKeyOperations::key);
    }

    private Output lastUsed(Operation.Call call) {
        UserKeys.Use use = keys.lastUsed(call.principal(), call.input().required(ID));
        return Output.empty()
                .with(USER, use.userName())
                .with(
                        "AccessKeyLastUsed",
                        Output.empty()
                                .withTime("LastUsedDate", use.used().map(LastUsed::at))
                                .with(
                                        "ServiceName",
                                        use.used().map(LastUsed::service).orElse("N/A"))
                                .with("Region", use.used().map(LastUsed::region).orElse("N/A")));
    }

    private static Output key(UserKey key) {
        return Output.empty()
                .with(USER, key.userName())
                .with(ID, key.accessKeyId())
                .with("Status", key.active() ? ACTIVE : "Inactive")
                .with("CreateDate", key.created());
    }
}
