package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.protocol.sigv4.SigningCredentials;
import org.sallyport.test.e2e.replay.Recording;
import org.sallyport.test.e2e.replay.Replay;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CreateActivationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;

/**
 * What the real amazon-ssm-agent, session-manager-plugin and AWS CLI once said is said to the running server: each answer has the recorded
 * shape, and what one end says arrives unchanged at the other.
 */
@ExtendWith(LiveSystemExtension.class)
class RecordedAgentIT {

    @Test
    void itsLifeAndAShellAreAnsweredAsRecorded(LiveSystem live) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair key = generator.generateKeyPair();
        Replay.Server server = new Replay.Server(
                live.api(),
                live.channel(),
                live.get("region"),
                CaTrust.fromBundle(Path.of(live.get("ca"))).sslContext(),
                key,
                new SigningCredentials(live.get("accessKeyId"), live.get("secretAccessKey"), Optional.empty()));
        Recording life = Recording.read("node-life.jsonl");
        Recording shell = Recording.read("shell.jsonl");
        String recordedNode = life.meta().path("node").asText();
        assertThat(shell.meta().path("node").asText()).isEqualTo(recordedNode);
        try (Replay replay = new Replay(server);
                SsmClient ssm = Clients.ssm(live)) {
            CreateActivationResponse activation = ssm.createActivation(request -> request.iamRole("SSMServiceRole"));
            replay.replace(life.meta().path("activationId").asText(), activation.activationId());
            replay.replace(life.meta().path("activationCode").asText(), activation.activationCode());
            replay.replace(
                    life.meta().path("nodePublicKey").asText(),
                    Base64.getEncoder().encodeToString(key.getPublic().getEncoded()));

            replay.run(life);
            String node = replay.here(recordedNode);
            assertThat(node).startsWith("mi-").isNotEqualTo(recordedNode);
            assertThat(ssm.describeInstanceInformation(
                                    request -> request.filters(InstanceInformationStringFilter.builder()
                                            .key("InstanceIds")
                                            .values(node)
                                            .build()))
                            .instanceInformationList())
                    .singleElement()
                    .satisfies(one -> assertThat(one.computerName()).isEqualTo("node-a"));

            replay.run(shell);
            String session = replay.here(shell.events().stream()
                    .filter(event -> event.text().contains("\"SessionId\": \"tester-"))
                    .map(event -> event.text().replaceAll("(?s).*\"SessionId\": \"(tester-[0-9a-f]+)\".*", "$1"))
                    .findFirst()
                    .orElseThrow());
            assertThat(CommandLineIT.ended(live, session).details()).startsWith("EXITED");
        }
    }
}
