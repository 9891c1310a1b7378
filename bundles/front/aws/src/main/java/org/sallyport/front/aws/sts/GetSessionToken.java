package org.sallyport.front.aws.sts;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.RoleSessions;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Gives temporary credentials of the caller itself. */
@Component
@Serves(target = "sts.GetSessionToken")
public final class GetSessionToken implements Operation {
    private final RoleSessions sessions;

    @Activate
    public GetSessionToken(@Reference RoleSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Output call(Call call) {
        Input input = call.input();
        return Output.empty()
                .with(
                        "Credentials",
                        RoleSessionAnswers.credentials(sessions.sessionToken(
                                call.principal(), input.seconds("DurationSeconds"), RoleSessionAnswers.code(input))));
    }
}
