package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.SsmException;

/** The tier of hybrid nodes, changed while somebody works. */
@ExtendWith(LiveSystemExtension.class)
class TierIT {
    private static final String TIER = "/ssm/managed-instance/activation-tier";

    @Test
    void goingBackToStandardEndsLiveSessionsAndNoneResumesOrStarts(LiveSystem live) throws Exception {
        try (SsmClient ssm = Clients.ssm(live);
                PtyProgram shell = PtyProgram.shell(live)) {
            shell.awaitText("$");
            String session = CommandLineIT.sessionId(shell);
            String second =
                    ssm.startSession(request -> request.target(live.nodeId())).sessionId();
            try {
                set(ssm, "standard");

                assertThat(shell.exitStatus()).as(shell.screen()).isEqualTo(3);
                assertThat(CommandLineIT.ended(live, session).details()).startsWith("TIER");
                for (String over : new String[] {session, second}) {
                    assertThat(ssm.resumeSession(request -> request.sessionId(over))
                                    .tokenValue())
                            .as("AWS gives no token for a session that is over")
                            .isNullOrEmpty();
                }
                assertThat(catchThrowableOfType(
                                SsmException.class, () -> ssm.startSession(request -> request.target(live.nodeId()))))
                        .satisfies(
                                e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("BadRequest"));
            } finally {
                set(ssm, "advanced");
            }
        }
        try (PtyProgram shell = PtyProgram.shell(live)) {
            shell.awaitText("$");
            shell.type("exit\r");
            assertThat(shell.exitStatus()).isZero();
        }
    }

    private static void set(SsmClient ssm, String tier) {
        ssm.updateServiceSetting(request -> request.settingId(TIER).settingValue(tier));
    }
}
