package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Activation;
import software.amazon.awssdk.services.ssm.model.ConnectionStatus;
import software.amazon.awssdk.services.ssm.model.CreateActivationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.PingStatus;
import software.amazon.awssdk.services.ssm.model.SessionState;
import software.amazon.awssdk.services.ssm.model.StartSessionResponse;
import software.amazon.awssdk.services.ssm.model.TargetNotConnectedException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** AWS's Java SDK, unmodified, makes the API calls. */
@ExtendWith(LiveSystemExtension.class)
class AwsSdkIT {
    private static final String TIER = "/ssm/managed-instance/activation-tier";

    @Test
    void theCallerIsTheAdministrator(LiveSystem live) {
        try (StsClient sts = Clients.sts(live)) {
            GetCallerIdentityResponse caller = sts.getCallerIdentity();

            assertThat(caller.account()).isEqualTo(live.get("accountId"));
            assertThat(caller.arn())
                    .isEqualTo("arn:aws:iam::%s:user/%s".formatted(live.get("accountId"), live.get("adminUser")));
            assertThat(caller.userId()).startsWith("AIDA");
        }
    }

    @Test
    void theNodeIsListedAndConnected(LiveSystem live) {
        try (SsmClient ssm = Clients.ssm(live)) {
            List<InstanceInformation> nodes =
                    ssm.describeInstanceInformationPaginator().instanceInformationList().stream()
                            .filter(node -> node.instanceId().equals(live.nodeId()))
                            .toList();

            assertThat(nodes).singleElement().satisfies(node -> {
                assertThat(node.pingStatus()).isEqualTo(PingStatus.ONLINE);
                assertThat(node.platformTypeAsString()).isEqualTo("Linux");
                assertThat(node.iamRole()).isEqualTo("SSMServiceRole");
                assertThat(node.lastPingDateTime()).isNotNull();
            });
            assertThat(ssm.getConnectionStatus(request -> request.target(live.nodeId()))
                            .status())
                    .isEqualTo(ConnectionStatus.CONNECTED);
        }
    }

    @Test
    void anActivationIsMadeListedAndDeleted(LiveSystem live) {
        try (SsmClient ssm = Clients.ssm(live)) {
            CreateActivationResponse made = ssm.createActivation(request -> request.iamRole("SSMServiceRole")
                    .description("made by the SDK")
                    .registrationLimit(3));
            List<Activation> listed = listed(ssm, made.activationId());

            ssm.deleteActivation(request -> request.activationId(made.activationId()));

            assertThat(made.activationCode()).hasSizeBetween(20, 250);
            assertThat(listed).singleElement().satisfies(activation -> {
                assertThat(activation.description()).isEqualTo("made by the SDK");
                assertThat(activation.registrationLimit()).isEqualTo(3);
                assertThat(activation.expired()).isFalse();
                assertThat(activation.expirationDate()).isAfter(activation.createdDate());
            });
            assertThat(listed(ssm, made.activationId())).isEmpty();
        }
    }

    @Test
    void theTierSettingIsReadAndWritten(LiveSystem live) {
        try (SsmClient ssm = Clients.ssm(live)) {
            assertThat(ssm.getServiceSetting(request -> request.settingId(TIER))
                            .serviceSetting()
                            .settingValue())
                    .isEqualTo("advanced");

            ssm.updateServiceSetting(request -> request.settingId(TIER).settingValue("standard"));
            try {
                assertThatThrownBy(() -> ssm.startSession(request -> request.target(live.nodeId())))
                        .hasMessageContaining(
                                "Enable advanced-instances tier to use Session Manager with your on-premises instances");
            } finally {
                ssm.updateServiceSetting(request -> request.settingId(TIER).settingValue("advanced"));
            }
        }
    }

    @Test
    void aSessionIsStartedResumedAndTerminated(LiveSystem live) {
        try (SsmClient ssm = Clients.ssm(live)) {
            StartSessionResponse started =
                    ssm.startSession(request -> request.target(live.nodeId()).reason("by the SDK"));
            assertThat(started.sessionId()).matches("[A-Za-z0-9-]+-[0-9a-f]{17}");
            assertThat(started.streamUrl()).startsWith("wss://").contains(started.sessionId());
            assertThat(started.tokenValue()).hasSizeBetween(20, 300);

            String renewed = ssm.resumeSession(request -> request.sessionId(started.sessionId()))
                    .tokenValue();
            assertThat(renewed).isNotEqualTo(started.tokenValue()).isNotBlank();
            assertThat(ssm.describeSessionsPaginator(request -> request.state(SessionState.ACTIVE)).sessions().stream()
                            .map(session -> session.sessionId()))
                    .contains(started.sessionId());

            ssm.terminateSession(request -> request.sessionId(started.sessionId()));

            CommandLineIT.ended(live, started.sessionId());
            assertThat(ssm.resumeSession(request -> request.sessionId(started.sessionId()))
                            .tokenValue())
                    .isNullOrEmpty();
        }
    }

    @Test
    void anUnknownTargetIsNotConnected(LiveSystem live) {
        try (SsmClient ssm = Clients.ssm(live)) {
            assertThatThrownBy(() -> ssm.startSession(request -> request.target("mi-00000000000000000")))
                    .isInstanceOf(TargetNotConnectedException.class)
                    .hasMessageContaining("mi-00000000000000000 is not connected");
        }
    }

    private static List<Activation> listed(SsmClient ssm, String id) {
        return ssm.describeActivationsPaginator().activationList().stream()
                .filter(activation -> activation.activationId().equals(id))
                .toList();
    }
}
