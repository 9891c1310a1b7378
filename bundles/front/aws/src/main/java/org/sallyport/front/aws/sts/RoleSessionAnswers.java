package org.sallyport.front.aws.sts;

import java.util.List;
import java.util.Optional;
import org.sallyport.api.access.AccessKeys.TemporaryCredentials;
import org.sallyport.api.access.RoleSessions;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.IamError;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Output;

/** What the operations of STS have in common. */
final class RoleSessionAnswers {
    private RoleSessionAnswers() {}

    static Output credentials(TemporaryCredentials credentials) {
        return Output.empty()
                .with("AccessKeyId", credentials.accessKeyId())
                .with("SecretAccessKey", credentials.secretAccessKey())
                .with("SessionToken", credentials.sessionToken())
                .with("Expiration", credentials.expires());
    }

    static Output assumed(RoleSessions.Assumed assumed) {
        Output output = Output.empty()
                .with("Credentials", credentials(assumed.credentials()))
                .with(
                        "AssumedRoleUser",
                        Output.empty()
                                .with("AssumedRoleId", assumed.principal().id())
                                .with("Arn", assumed.principal().arn()));
        // AWS says nothing about the space when none of it is used
        if (assumed.packedPercent() > 0) {
            output.with("PackedPolicySize", assumed.packedPercent());
        }
        return output.withText(
                "SourceIdentity", assumed.principal().credential().sourceIdentity());
    }

    static List<String> policyArns(Input input) {
        return input.structures("PolicyArns").stream()
                .flatMap(policy -> policy.text("arn").stream())
                .toList();
    }

    /** The second factor's code. Throws {@link IamError#VALIDATION_ERROR} for one half of it. */
    static Optional<RoleSessions.Code> code(Input input) {
        Optional<String> serial = input.text("SerialNumber");
        Optional<String> code = input.text("TokenCode");
        if (serial.isPresent() != code.isPresent()) {
            throw new SallyportException(
                    IamError.VALIDATION_ERROR, "SerialNumber and TokenCode are given both or not at all.");
        }
        return serial.map(number -> new RoleSessions.Code(number, code.orElseThrow()));
    }
}
