package org.sallyport.front.aws;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.front.aws.model.InputValidation;
import org.sallyport.front.aws.model.OperationModel;
import org.sallyport.front.aws.model.ServiceModels;
import org.sallyport.front.aws.model.Shape;

/** Each operation's answer has the members of its model and no others, with the model's types and constraints. */
class OutputShapesTest {
    static final String REGISTRATION =
            """
            {"ActivationCode":"CodeCodeCodeCodeCode","ActivationId":"11111111-2222-3333-4444-555555555555",
             "Fingerprint":"4537651b-b81f-4a25-a389-ed1a52f56c7a","PublicKey":"MIIB","PublicKeyType":"Rsa"}""";
    static final String MESSAGES =
            """
            {"Destination":"mi-0123456789abcdef0","MessagesRequestId":"0257a6bd-14d3-4257-ba0d-0d472f1dd031",
             "VisibilityTimeoutInSeconds":10}""";

    private static final String TARGET = "{\"Target\":\"mi-0123456789abcdef0\"}";
    private static final String SESSION = "{\"SessionId\":\"carol-0123456789abcdef0\"}";
    private static final String NODE = "{\"InstanceId\":\"mi-0123456789abcdef0\"}";

    private static final String TAGGED =
            "{\"ResourceType\":\"ManagedInstance\",\"ResourceId\":\"mi-0123456789abcdef0\"}";

    private static final Map<String, String> INPUTS = Map.ofEntries(
            entry("AmazonSSM.CreateActivation", "{\"IamRole\":\"SSMServiceRole\"}"),
            entry("AmazonSSM.DescribeActivations", "{}"),
            entry("AmazonSSM.DeleteActivation", "{\"ActivationId\":\"11111111-2222-3333-4444-555555555555\"}"),
            entry("AmazonSSM.RegisterManagedInstance", REGISTRATION),
            entry("AmazonSSM.RequestManagedInstanceRoleToken", "{\"Fingerprint\":\"f\"}"),
            entry(
                    "AmazonSSM.UpdateManagedInstancePublicKey",
                    "{\"NewPublicKey\":\"MIIB\",\"NewPublicKeyType\":\"Rsa\"}"),
            entry("AmazonSSM.UpdateInstanceInformation", NODE),
            entry("AmazonSSM.ListInstanceAssociations", NODE),
            entry("AmazonSSM.DescribeInstanceInformation", "{}"),
            entry("AmazonSSM.GetConnectionStatus", TARGET),
            entry("AmazonSSM.GetServiceSetting", "{\"SettingId\":\"/ssm/managed-instance/activation-tier\"}"),
            entry(
                    "AmazonSSM.UpdateServiceSetting",
                    "{\"SettingId\":\"/ssm/managed-instance/activation-tier\",\"SettingValue\":\"standard\"}"),
            entry(
                    "AmazonSSM.AddTagsToResource",
                    "{\"ResourceType\":\"ManagedInstance\",\"ResourceId\":\"mi-0123456789abcdef0\",\"Tags\":[]}"),
            entry("AmazonSSM.ListTagsForResource", TAGGED),
            entry("AmazonSSM.RemoveTagsFromResource", TAGGED.replace("}", ",\"TagKeys\":[\"team\"]}")),
            entry("AmazonSSM.DescribeInstanceProperties", "{}"),
            entry("AmazonSSM.DeregisterManagedInstance", NODE),
            entry("AmazonSSM.UpdateManagedInstanceRole", NODE.replace("}", ",\"IamRole\":\"R\"}")),
            entry("AmazonSSM.ResetServiceSetting", "{\"SettingId\":\"/ssm/managed-instance/activation-tier\"}"),
            entry("Sallyport.GetNodeUsage", "{\"From\":\"2026-01-01\",\"To\":\"2026-01-31\"}"),
            entry("AmazonSSM.StartSession", TARGET),
            entry("AmazonSSM.ResumeSession", SESSION),
            entry("AmazonSSM.TerminateSession", SESSION),
            entry("AmazonSSM.DescribeSessions", "{\"State\":\"History\"}"),
            entry("EC2WindowsMessageDeliveryService.GetMessages", MESSAGES),
            entry("com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", "{}"));

    /** An input that is right. */
    static String input(String target) {
        return INPUTS.get(target);
    }

    private final Front front = new Front();

    static Stream<OperationModel> models() {
        return new ServiceModels().all().stream();
    }

    /** The others, in the query protocol, are held against AWS's own client. */
    static Stream<OperationModel> jsonModels() {
        return models().filter(model -> !FormSamples.isForm(model));
    }

    @Test
    void eachModelledOperationIsServedAndNoOther() {
        assertThat(front.targets())
                .containsExactlyInAnyOrderElementsOf(
                        models().map(OperationModel::target).toList());
    }

    @Test
    void onlyWhatProvesItselfOtherwiseIsUnsigned() {
        assertThat(front.operations.stream()
                        .map(o -> o.getClass().getAnnotation(Serves.class))
                        .filter(s -> !s.signed())
                        .map(Serves::target))
                .containsExactlyInAnyOrder("AmazonSSM.RegisterManagedInstance", "sts.AssumeRoleWithWebIdentity");
    }

    @ParameterizedTest
    @MethodSource("jsonModels")
    void theAnswerHasTheShapeOfTheModel(OperationModel model) {
        JsonNode answer = answer(model);

        Shape.Structure output = model.output().orElseThrow();
        assertKnown(answer, output, model, model.name());
        InputValidation.require(
                new OperationModel(
                        model.target(),
                        model.name(),
                        model.signingName(),
                        model.output(),
                        model.output(),
                        model.shapes()),
                answer);
    }

    private JsonNode answer(OperationModel model) {
        String input = INPUTS.get(model.target());
        assertThat(input).as("an input for %s", model.target()).isNotNull();
        Answer answer =
                front.dispatcher.handle(Front.signed(Front.jsonRequest(model.target(), input), model.signingName()));
        assertThat(answer.status()).as(() -> new String(answer.body())).isEqualTo(200);
        return Front.body(answer);
    }

    private static void assertKnown(JsonNode value, Shape shape, OperationModel model, String path) {
        if (shape instanceof Shape.Structure structure) {
            assertThat(structure.members().keySet())
                    .as(path)
                    .containsAll(
                            value.properties().stream().map(Map.Entry::getKey).toList());
            structure.members().forEach((name, member) -> {
                if (value.has(name)) {
                    assertKnown(value.get(name), model.shape(member), model, path + "." + name);
                }
            });
        } else if (shape instanceof Shape.Sequence sequence) {
            List<JsonNode> items = new java.util.ArrayList<>();
            value.forEach(items::add);
            items.forEach(item -> assertKnown(item, model.shape(sequence.member()), model, path + "[]"));
        }
    }
}
