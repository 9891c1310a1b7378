import Badge from "@cloudscape-design/components/badge";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ManagedNode, NodeQuery } from "../../api/calls";
import { nodeName } from "../../app/names";
import { ago, time } from "../../app/times";
import { TEXT, type FilterProperty } from "../../lists/filters";
import type { Column } from "../../lists/ListTable";

export const nodeColumns: readonly Column<ManagedNode>[] = [
  { id: "name", header: "Name", cell: nodeName, rowHeader: true, minWidth: 160 },
  { id: "id", header: "Node ID", cell: (node) => node.id, minWidth: 200 },
  { id: "status", header: "Status", cell: (node) => <NodeStatus node={node} />, minWidth: 130 },
  {
    id: "platform",
    header: "Platform",
    cell: (node) => [node.platformName || node.platformType, node.platformVersion].filter(Boolean).join(" ") || "-",
    minWidth: 160,
  },
  { id: "address", header: "IP address", cell: (node) => node.ipAddress || "-" },
  { id: "tags", header: "Tags", cell: (node) => <Tags tags={node.tags} />, minWidth: 160 },
  {
    id: "agent",
    header: "Agent",
    cell: (node) => [node.agentName, node.agentVersion].filter(Boolean).join(" ") || "-",
    minWidth: 160,
  },
  { id: "ping", header: "Last ping", cell: (node) => ago(node.lastPingAt), hidden: true },
  { id: "registered", header: "Registered", cell: (node) => time(node.registeredAt), hidden: true, minWidth: 180 },
  { id: "computer", header: "Computer name", cell: (node) => node.computerName || "-", hidden: true },
  { id: "role", header: "Role", cell: (node) => node.role, hidden: true },
  { id: "activation", header: "Activation ID", cell: (node) => node.activationId ?? "-", hidden: true, minWidth: 200 },
];

export const nodeProperties: readonly FilterProperty[] = [
  {
    key: "status",
    label: "Status",
    group: "Statuses",
    any: true,
    values: [{ value: "Online" }, { value: "ConnectionLost", label: "Connection lost" }, { value: "Inactive" }],
  },
  {
    key: "platform",
    label: "Platform",
    group: "Platforms",
    any: true,
    values: [{ value: "Linux" }, { value: "Windows" }, { value: "MacOS" }],
  },
  { key: "tag", label: "Tag (key=value)", group: "Tags" },
  {
    key: "state",
    label: "State",
    group: "States",
    any: true,
    values: [
      { value: "ACTIVE", label: "Let in" },
      { value: "PENDING", label: "Waiting for approval" },
      { value: "LEAVING", label: "Being removed" },
    ],
  },
  {
    key: "question",
    label: "Question",
    group: "Questions",
    values: [{ value: "Machine", label: "Is another machine the node?" }],
  },
  { key: "activation", label: "Activation ID", group: "Activations", any: true },
  { key: "role", label: "Role", group: "Roles", any: true },
];

/** The API's query for what the address says. */
export const nodeQuery = (search: URLSearchParams, max: number, next: string | undefined): NodeQuery => ({
  text: search.getAll(TEXT),
  status: search.getAll("status"),
  platform: search.getAll("platform"),
  tag: search.getAll("tag"),
  state: search.getAll("state"),
  question: search.getAll("question"),
  activation: search.getAll("activation"),
  role: search.getAll("role"),
  max,
  ...(next !== undefined && { next }),
});

export function NodeStatus({ node }: { node: ManagedNode }) {
  if (node.state === "PENDING") {
    return <StatusIndicator type="pending">Waiting for approval</StatusIndicator>;
  }
  if (node.state === "LEAVING") {
    return <StatusIndicator type="in-progress">Being removed</StatusIndicator>;
  }
  switch (node.pingStatus) {
    case "Online":
      return <StatusIndicator type="success">Online</StatusIndicator>;
    case "ConnectionLost":
      return <StatusIndicator type="error">Connection lost</StatusIndicator>;
    default:
      return <StatusIndicator type="stopped">{node.pingStatus}</StatusIndicator>;
  }
}

export function Tags({ tags }: { tags: ManagedNode["tags"] }) {
  const entries = Object.entries(tags);
  return entries.length === 0 ? (
    "-"
  ) : (
    <SpaceBetween direction="horizontal" size="xxs">
      {entries.map(([key, value]) => (
        <Badge key={key}>{value ? `${key}=${value}` : key}</Badge>
      ))}
    </SpaceBetween>
  );
}
