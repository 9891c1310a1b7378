import Container from "@cloudscape-design/components/container";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import type { ManagedNode } from "../../api/calls";
import { ago, time } from "../../app/times";
import { activationPath, To } from "../../app/To";
import { NodeStatus } from "./columns";
import { TierOfNode } from "./TierOfNode";
import { proofOf, typeOf } from "./names";

/** What a node is and what it says of itself. */
export function NodeOverview({ node }: { node: ManagedNode }) {
  return (
    <Container header={<Header variant="h2">Overview</Header>}>
      <KeyValuePairs
        columns={4}
        minColumnWidth={180}
        items={[
          {
            label: "Node ID",
            value: (
              <CopyToClipboard
                variant="inline"
                textToCopy={node.id}
                copyButtonAriaLabel="Copy node ID"
                copySuccessText="Copied"
                copyErrorText="Not copied; select the text and copy it by hand"
              />
            ),
          },
          { label: "Status", value: <NodeStatus node={node} /> },
          {
            label: "Last ping",
            value: node.lastPingAt ? `${time(node.lastPingAt)} (${ago(node.lastPingAt)})` : "never",
          },
          { label: "Type", value: typeOf(node) },
          { label: "Computer name", value: node.computerName || "-" },
          {
            label: "Platform",
            value: [node.platformName || node.platformType, node.platformVersion].filter(Boolean).join(" ") || "-",
          },
          { label: "Agent", value: [node.agentName, node.agentVersion].filter(Boolean).join(" ") || "-" },
          { label: "IP address", value: node.ipAddress || "-" },
          { label: "Role", value: node.role },
          { label: "Tier", value: node.hybrid ? <TierOfNode /> : "Cloud instances are free of tiers" },
          { label: "Registered", value: `${time(node.registeredAt)} (${ago(node.registeredAt)})` },
          { label: "Registered from", value: node.registeredFrom ?? "-" },
          {
            label: "Proved by",
            value: node.activationId ? (
              <To path={activationPath(node.activationId)}>{`Activation ${node.activationId}`}</To>
            ) : (
              proofOf(node)
            ),
          },
        ]}
      />
    </Container>
  );
}
