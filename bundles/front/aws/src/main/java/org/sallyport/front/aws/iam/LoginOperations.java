package org.sallyport.front.aws.iam;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.iam.Logins;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.OperationSet;
import org.sallyport.front.aws.Output;

/** Passwords of users. */
@Component
public final class LoginOperations implements OperationSet {
    private static final String USER = "UserName";

    private final Logins logins;

    @Activate
    public LoginOperations(@Reference Logins logins) {
        this.logins = logins;
    }

    private final Map<String, Operation> operations = Map.of(
            "iam.CreateLoginProfile", this::create,
            "iam.GetLoginProfile", this::get,
            "iam.UpdateLoginProfile", this::update,
            "iam.DeleteLoginProfile", this::delete);

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    private Output create(Operation.Call call) {
        char[] password = password(call.input());
        try {
            String user = call.input().required(USER);
            return profile(user, logins.create(call.principal(), user, password));
        } finally {
            Arrays.fill(password, ' ');
        }
    }

    private Output get(Operation.Call call) {
        String user = call.input().required(USER);
        return profile(user, logins.get(call.principal(), user));
    }

    private Output update(Operation.Call call) {
        char[] password = password(call.input());
        try {
            logins.update(call.principal(), call.input().required(USER), password);
            return Output.empty();
        } finally {
            Arrays.fill(password, ' ');
        }
    }

    private Output delete(Operation.Call call) {
        logins.delete(call.principal(), call.input().required(USER));
        return Output.empty();
    }

    private static char[] password(Input input) {
        if (input.flag("PasswordResetRequired").orElse(false)) {
            throw new SallyportException(
                    IamError.INVALID_INPUT,
                    "This server does not make people change their password at the next sign-in; leave PasswordResetRequired out.");
        }
        return input.text("Password")
                .orElseThrow(() -> new SallyportException(
                        IamError.INVALID_INPUT, "Nothing of the login profile would change; give a Password."))
                .toCharArray();
    }

    private static Output profile(String user, Instant created) {
        return Output.empty()
                .with(
                        "LoginProfile",
                        Output.empty()
                                .with(USER, user)
                                .with("CreateDate", created)
                                .with("PasswordResetRequired", false));
    }
}
