package org.sallyport.front.aws.ssm;

import java.time.Instant;
import java.util.Optional;
import org.sallyport.api.node.NodeInfo;
import org.sallyport.api.node.NodeReport;
import org.sallyport.front.aws.Output;

/** What InstanceInformation and InstanceProperty have in common. */
final class NodeMembers {
    private NodeMembers() {}

    static Output common(NodeInfo node, Instant now) {
        Output output = Output.empty()
                .with("InstanceId", node.id())
                .with("PingStatus", node.pingStatus(now))
                .withTime("LastPingDateTime", node.lastPing())
                .withText("ActivationId", Optional.of(node.activationId()))
                .with("IamRole", node.role())
                .with("RegistrationDate", node.registered())
                .with("ResourceType", node.hybrid() ? "ManagedInstance" : "EC2Instance")
                .withText("Name", node.name())
                .with("SourceId", node.id())
                .with("SourceType", node.hybrid() ? "AWS::SSM::ManagedInstance" : "AWS::EC2::Instance");
        node.report().ifPresent(report -> reported(output, report));
        return output;
    }

    private static void reported(Output output, NodeReport report) {
        output.withText("AgentVersion", Optional.of(report.agentVersion()))
                .withText("PlatformType", Optional.of(report.platformType()))
                .withText("PlatformName", Optional.of(report.platformName()))
                .withText("PlatformVersion", Optional.of(report.platformVersion()))
                .withText("IPAddress", Optional.of(report.ipAddress()))
                .withText("ComputerName", Optional.of(report.computerName()));
    }
}
