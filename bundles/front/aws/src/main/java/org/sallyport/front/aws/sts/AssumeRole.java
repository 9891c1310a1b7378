package org.sallyport.front.aws.sts;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.RoleSessions;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.iam.Tag;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Gives temporary credentials of a role. */
@Component
@Serves(target = "sts.AssumeRole")
public final class AssumeRole implements Operation {
    private final RoleSessions sessions;

    @Activate
    public AssumeRole(@Reference RoleSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Output call(Call call) {
        Input input = call.input();
        if (!input.structures("ProvidedContexts").isEmpty()) {
            throw new SallyportException(
                    IamError.VALIDATION_ERROR, "ProvidedContexts needs a context provider, which this server has not.");
        }
        List<Tag> tags = input.structures("Tags").stream()
                .map(tag -> new Tag(tag.required("Key"), tag.required("Value")))
                .toList();
        RoleSessions.Scope scope = new RoleSessions.Scope(
                input.text("Policy"),
                RoleSessionAnswers.policyArns(input),
                tags,
                input.texts("TransitiveTagKeys"),
                input.text("SourceIdentity"));
        return RoleSessionAnswers.assumed(sessions.assumeRole(
                call.principal(),
                new RoleSessions.RoleWanted(
                        input.required("RoleArn"),
                        input.required("RoleSessionName"),
                        input.seconds("DurationSeconds"),
                        scope,
                        input.text("ExternalId"),
                        RoleSessionAnswers.code(input))));
    }
}
