package org.sallyport.front.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.api.node.Nodes;
import org.sallyport.api.node.Nodes.Operator;
import org.sallyport.api.node.Nodes.Registration.Proof;

class NodeOperationsTest {
    private static final String KEY = "\"PublicKey\":\"MIIB\",\"PublicKeyType\":\"Rsa\",\"Fingerprint\":\"f\"";

    private final Front front = new Front();

    @Test
    void bothFormsOfFiltersOfPropertiesAreHandedOn() {
        front.json(
                "AmazonSSM.DescribeInstanceProperties",
                """
                {"InstancePropertyFilterList":[{"key":"AssociationStatus","valueSet":["Success"]}],
                 "FiltersWithOperator":[{"Key":"AgentVersion","Values":["3.2"],"Operator":"GreaterThan"},
                   {"Key":"tag:team","Values":["blue"]},{"Key":"IamRole","Values":["R"],"Operator":"NotEqual"},
                   {"Key":"InstanceIds","Values":["mi-"],"Operator":"BeginWith"},
                   {"Key":"AgentVersion","Values":["4"],"Operator":"LessThan"}]}""");

        assertThat(front.nodes.filters)
                .containsExactly(
                        new Nodes.Filter("AssociationStatus", List.of("Success")),
                        new Nodes.Filter("AgentVersion", List.of("3.2"), Operator.GREATER_THAN),
                        new Nodes.Filter("tag:team", List.of("blue")),
                        new Nodes.Filter("IamRole", List.of("R"), Operator.NOT_EQUAL),
                        new Nodes.Filter("InstanceIds", List.of("mi-"), Operator.BEGIN_WITH),
                        new Nodes.Filter("AgentVersion", List.of("4"), Operator.LESS_THAN));
    }

    @Test
    void cloudInstancesAndHybridNodesAreToldApart() {
        JsonNode list = Front.body(front.json("AmazonSSM.DescribeInstanceInformation", "{}"))
                .get("InstanceInformationList");

        assertThat(list.get(0).get("ResourceType").asText()).isEqualTo("ManagedInstance");
        assertThat(list.get(1).get("ResourceType").asText()).isEqualTo("EC2Instance");
        assertThat(list.get(1).get("SourceType").asText()).isEqualTo("AWS::EC2::Instance");
        assertThat(list.get(1).has("ActivationId")).isFalse();
    }

    @Test
    void nodesChangeTheirRoleAndGo() {
        front.json(
                "AmazonSSM.UpdateManagedInstanceRole",
                "{\"InstanceId\":\"mi-0123456789abcdef0\",\"IamRole\":\"Other\"}");
        front.json("AmazonSSM.DeregisterManagedInstance", "{\"InstanceId\":\"mi-0123456789abcdef0\"}");

        assertThat(front.life.done).containsExactly("role Other", "deregister");
        assertThat(error("AmazonSSM.DeregisterManagedInstance", "{\"InstanceId\":\"mi-0123456789abcdef1\"}"))
                .isEqualTo("InvalidInstanceId");
        assertThat(error("AmazonSSM.DeregisterManagedInstance", "{\"InstanceId\":\"i-0123456789abcdef0\"}"))
                .isEqualTo("ValidationException");
    }

    @Test
    void aNodeRegistersWithADocument() {
        front.dispatcher.handle(Front.jsonRequest(
                "AmazonSSM.RegisterManagedInstance", "{" + KEY + ",\"ProofMethod\":\"oidc\",\"Proof\":\"a.b.c\"}"));

        assertThat(front.nodes.registration.proof()).contains(new Proof("oidc", "a.b.c"));
        assertThat(front.nodes.registration.toString()).doesNotContain("a.b.c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"Proof\":\"a.b.c\"",
                ",\"ProofMethod\":\"oidc\"",
                ",\"ActivationId\":\"11111111-2222-3333-4444-555555555555\"",
                ",\"ActivationId\":\"11111111-2222-3333-4444-555555555555\",\"ActivationCode\":\"CodeCodeCodeCodeCode\","
                        + "\"ProofMethod\":\"oidc\",\"Proof\":\"a.b.c\"",
            })
    void aRegistrationProvesItselfInOneWay(String members) {
        Answer answer = front.dispatcher.handle(
                Front.jsonRequest("AmazonSSM.RegisterManagedInstance", "{" + KEY + members + "}"));

        assertThat(Front.body(answer).get("__type").asText()).isEqualTo("ValidationException");
        assertThat(front.nodes.registration).isNull();
    }

    @Test
    void aSettingGoesBackToItsDefault() {
        front.settings.value = "advanced";

        JsonNode setting = Front.body(front.json(
                        "AmazonSSM.ResetServiceSetting", "{\"SettingId\":\"/ssm/managed-instance/activation-tier\"}"))
                .get("ServiceSetting");

        assertThat(setting.get("SettingValue").asText()).isEqualTo("standard");
        assertThat(setting.get("Status").asText()).isEqualTo("Default");
    }

    @Test
    void usageIsShownByDay() {
        JsonNode row = Front.body(
                        front.json("Sallyport.GetNodeUsage", "{\"From\":\"2026-01-01\",\"To\":\"2026-01-31\"}"))
                .at("/NodeUsage/0");

        assertThat(row.get("Day").asText()).isEqualTo("2026-01-01");
        assertThat(row.get("OnlineSeconds").asInt()).isEqualTo(5400);
        assertThat(error("Sallyport.GetNodeUsage", "{\"From\":\"2026-02-30\",\"To\":\"2026-01-31\"}"))
                .isEqualTo("ValidationException");
    }

    private String error(String target, String body) {
        return Front.body(front.json(target, body)).get("__type").asText();
    }
}
