package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;

/** A right that is taken away ends the shell that it carried, and no other. */
@ExtendWith(LiveSystemExtension.class)
class RevocationIT {
    private static final String POLICY =
            """
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Action":["ssm:StartSession","ssm:DescribeInstanceInformation"],"Resource":"*"},
              {"Effect":"Allow","Action":["ssm:ResumeSession","ssm:TerminateSession"],
               "Resource":"arn:aws:ssm:*:*:session/${aws:username}-*"}]}""";

    @Test
    void theShellOfWhoLostTheRightEndsAndOthersGoOn(LiveSystem live) throws Exception {
        try (IamClient iam = Clients.iam(live)) {
            iam.createUser(user -> user.userName("guest"));
            iam.putUserPolicy(
                    policy -> policy.userName("guest").policyName("shell").policyDocument(POLICY));
            AccessKey key = iam.createAccessKey(made -> made.userName("guest")).accessKey();
            Map<String, String> environment = new HashMap<>(live.clientEnvironment());
            environment.put("AWS_ACCESS_KEY_ID", key.accessKeyId());
            environment.put("AWS_SECRET_ACCESS_KEY", key.secretAccessKey());

            try (PtyProgram admin = PtyProgram.shell(live);
                    PtyProgram guest = PtyProgram.start(
                            environment,
                            LiveSystem.program("cli/bin/sallyport").toString(),
                            "start-session",
                            "--target",
                            live.nodeId())) {
                admin.awaitText("$");
                guest.awaitText("$");
                guest.type("echo guest-$((40+2))\r");
                guest.awaitText("guest-42");

                long begun = System.nanoTime();
                iam.deleteUserPolicy(policy -> policy.userName("guest").policyName("shell"));
                guest.awaitText("taken away");
                System.out.printf(
                        "the shell ended %d ms after its right%n",
                        Duration.ofNanos(System.nanoTime() - begun).toMillis());
                guest.exitStatus();

                admin.type("echo alive-$((40+2)); exit\r");
                admin.awaitText("alive-42");
                assertThat(admin.exitStatus()).isZero();
            } finally {
                iam.deleteAccessKey(gone -> gone.userName("guest").accessKeyId(key.accessKeyId()));
                iam.deleteUser(gone -> gone.userName("guest"));
            }
        }
    }
}
