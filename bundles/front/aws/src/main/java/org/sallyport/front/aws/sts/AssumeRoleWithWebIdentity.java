package org.sallyport.front.aws.sts;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.RoleSessions;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.IamError;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Gives temporary credentials of a role to who shows a provider's token; a signature is not needed. */
@Component
@Serves(target = "sts.AssumeRoleWithWebIdentity", signed = false)
public final class AssumeRoleWithWebIdentity implements Operation {
    private final RoleSessions sessions;

    @Activate
    public AssumeRoleWithWebIdentity(@Reference RoleSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Output call(Call call) {
        Input input = call.input();
        if (input.text("ProviderId").isPresent()) {
            throw new SallyportException(
                    IamError.VALIDATION_ERROR,
                    "ProviderId is for OAuth 2.0 access tokens; this server takes OpenID Connect tokens, which name their provider.");
        }
        RoleSessions.WebAssumed web = sessions.assumeRoleWithWebIdentity(
                call.origin(),
                new RoleSessions.WebRoleWanted(
                        input.required("RoleArn"),
                        input.required("RoleSessionName"),
                        input.required("WebIdentityToken"),
                        input.seconds("DurationSeconds"),
                        input.text("Policy"),
                        RoleSessionAnswers.policyArns(input)));
        return RoleSessionAnswers.assumed(web.assumed())
                .with("SubjectFromWebIdentityToken", web.subject())
                .with("Provider", web.provider())
                .with("Audience", web.audience());
    }
}
