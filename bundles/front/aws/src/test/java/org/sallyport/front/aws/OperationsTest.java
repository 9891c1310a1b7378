package org.sallyport.front.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.node.Activations;
import org.sallyport.api.node.NodeReport;
import org.sallyport.api.node.Nodes;
import org.sallyport.api.page.PageRequest;
import org.sallyport.api.session.Sessions;

class OperationsTest {
    private final Front front = new Front();

    @Test
    void createActivationHandsOnWhatWasAsked() {
        Answer answer = front.json(
                "AmazonSSM.CreateActivation",
                """
                {"IamRole":"SSMServiceRole","RegistrationLimit":3,"ExpirationDate":1772452800.5,
                 "DefaultInstanceName":"cellar","Tags":[{"Key":"team","Value":"blue"}]}""");

        assertThat(Front.body(answer).get("ActivationCode").asText()).isEqualTo("CodeCodeCodeCodeCode");
        assertThat(front.activations.wanted)
                .isEqualTo(new Activations.NewActivation(
                        "",
                        Optional.of("cellar"),
                        "SSMServiceRole",
                        3,
                        Optional.of(Instant.parse("2026-03-02T12:00:00.500Z")),
                        Map.of("team", "blue")));
    }

    @Test
    void createActivationRefusesATagKeyTwice() {
        Answer answer = front.json(
                "AmazonSSM.CreateActivation",
                """
                {"IamRole":"R","Tags":[{"Key":"team","Value":"blue"},{"Key":"team","Value":"red"}]}""");

        assertThat(Front.body(answer).get("__type").asText()).isEqualTo("ValidationException");
    }

    @Test
    void listsHandOnFiltersAndPage() {
        front.json(
                "AmazonSSM.DescribeActivations",
                """
                {"Filters":[{"FilterKey":"IamRole","FilterValues":["R"]}],"MaxResults":7,"NextToken":"t"}""");
        front.json(
                "AmazonSSM.DescribeInstanceInformation",
                """
                {"InstanceInformationFilterList":[{"key":"PingStatus","valueSet":["Online"]}],
                 "Filters":[{"Key":"tag:team","Values":["blue","red"]}]}""");
        front.json(
                "AmazonSSM.DescribeSessions",
                """
                {"State":"Active","Filters":[{"key":"Target","value":"mi-0123456789abcdef0"}]}""");

        assertThat(front.activations.filters).containsExactly(new Activations.Filter("IamRole", List.of("R")));
        assertThat(front.activations.page).isEqualTo(new PageRequest(7, Optional.of("t")));
        assertThat(front.nodes.filters)
                .containsExactly(
                        new Nodes.Filter("PingStatus", List.of("Online")),
                        new Nodes.Filter("tag:team", List.of("blue", "red")));
        assertThat(front.sessions.active).isTrue();
        assertThat(front.sessions.filters).containsExactly(new Sessions.Filter("Target", FakeNodes.ID));
    }

    @Test
    void timesAreSecondsWithFractions() {
        var activation = Front.body(front.json("AmazonSSM.DescribeActivations", "{}"))
                .get("ActivationList")
                .get(0);

        assertThat(activation.get("CreatedDate").isNumber()).isTrue();
        assertThat(activation.get("CreatedDate").decimalValue()).isEqualByComparingTo("1772366400.25");
    }

    @Test
    void aNodeRegistersWithoutSignature() {
        Answer answer = front.dispatcher.handle(
                Front.jsonRequest("AmazonSSM.RegisterManagedInstance", OutputShapesTest.REGISTRATION));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(Front.body(answer).get("InstanceId").asText()).isEqualTo(FakeNodes.ID);
        assertThat(front.nodes.registration.sourceAddress()).isEqualTo(Front.SOURCE);
        assertThat(front.nodes.registration.activationCode()).isEqualTo("CodeCodeCodeCodeCode");
    }

    @Test
    void theRoleTokenAlwaysSaysWhetherToRotateTheKey() {
        Answer answer = front.json("AmazonSSM.RequestManagedInstanceRoleToken", "{\"Fingerprint\":\"f\"}");

        assertThat(Front.body(answer).get("UpdateKeyPair").isBoolean()).isTrue();
        assertThat(Front.body(answer).get("TokenExpirationDate").decimalValue()).isEqualByComparingTo("1772370000");
    }

    @Test
    void theHeartbeatCutsWhatANodeSays() {
        front.json(
                "AmazonSSM.UpdateInstanceInformation",
                """
                {"InstanceId":"mi-0123456789abcdef0","AgentName":"amazon-ssm-agent","AgentVersion":"3.3.0.0",
                 "PlatformType":"Linux","AvailabilityZone":"","ComputerName":"%s"}"""
                        .formatted("c".repeat(300)));

        assertThat(front.nodes.report)
                .isEqualTo(new NodeReport("amazon-ssm-agent", "3.3.0.0", "", "c".repeat(256), "", "Linux", "", ""));
    }

    @Test
    void aNodeThatAsksForWorkIsDecidedByItsOwnArn() {
        front.json("AmazonSSM.ListInstanceAssociations", "{\"InstanceId\":\"mi-0123456789abcdef0\",\"MaxResults\":20}");

        assertThat(front.decisions.asked)
                .containsExactly(new AccessRequest(
                        KnownKeyVerifier.CALLER,
                        "ssm:ListInstanceAssociations",
                        "arn:aws:ssm:onprem-1:000000000000:managed-instance/mi-0123456789abcdef0"));
    }

    @Test
    void aDeniedNodeGetsNoMessages() {
        front.decisions.allow = false;

        Answer answer = front.dispatcher.handle(Front.signed(
                Front.jsonRequest("EC2WindowsMessageDeliveryService.GetMessages", OutputShapesTest.MESSAGES),
                "ec2messages"));

        assertThat(Front.body(answer).get("__type").asText()).isEqualTo("AccessDeniedException");
    }

    @Test
    void startSessionHandsOnParametersAsLists() {
        Answer answer = front.json(
                "AmazonSSM.StartSession",
                """
                {"Target":"mi-0123456789abcdef0","DocumentName":"AWS-StartPortForwardingSession","Reason":"look",
                 "Parameters":{"portNumber":["80"],"localPortNumber":["0"]}}""");

        assertThat(Front.body(answer).get("StreamUrl").asText()).isEqualTo(FakeSessions.URL);
        assertThat(front.sessions.caller).isEqualTo(KnownKeyVerifier.CALLER);
        assertThat(front.sessions.started)
                .isEqualTo(new Sessions.StartRequest(
                        FakeNodes.ID,
                        Optional.of("AWS-StartPortForwardingSession"),
                        Optional.of("look"),
                        Map.of("portNumber", List.of("80"), "localPortNumber", List.of("0"))));
    }

    @Test
    void resumingASessionThatIsOverGivesNoToken() {
        Answer answer = front.json("AmazonSSM.ResumeSession", "{\"SessionId\":\"" + FakeSessions.OVER + "\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(Front.body(answer).has("TokenValue")).isFalse();
        assertThat(Front.body(answer).get("StreamUrl").asText()).isEqualTo(FakeSessions.URL);
    }

    @Test
    void settingsChange() {
        front.json(
                "AmazonSSM.UpdateServiceSetting",
                "{\"SettingId\":\"/ssm/managed-instance/activation-tier\",\"SettingValue\":\"advanced\"}");

        assertThat(front.settings.value).isEqualTo("advanced");
    }
}
