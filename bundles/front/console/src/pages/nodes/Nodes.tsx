import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback, useState } from "react";
import { useSearchParams } from "wouter";
import { listNodes, type ManagedNode } from "../../api/calls";
import { nodeName } from "../../app/names";
import { Page } from "../../app/Page";
import { href } from "../../app/routes";
import { startInTab } from "../../app/terminals";
import { nodePath, To } from "../../app/To";
import { useChanges } from "../../app/useChanges";
import { useFollow } from "../../app/useFollow";
import { usePages } from "../../app/usePages";
import { ListTable, withSecond, type Column } from "../../lists/ListTable";
import { usePreferences } from "../../lists/preferences";
import { Asked } from "./Asked";
import { LetIn } from "./LetIn";
import { nodeColumns, nodeProperties, nodeQuery } from "./columns";

const linked = nodeColumns.map((column) =>
  column.id === "name"
    ? { ...column, cell: (node: ManagedNode) => <To path={nodePath(node.id)}>{nodeName(node)}</To> }
    : column,
);

/** Managed nodes, found by what one knows of them, with a shell one click away. */
export default function Nodes() {
  const follow = useFollow();
  const [search] = useSearchParams();
  const [starting, setStarting] = useState<ReadonlySet<string>>(new Set());
  const columns: readonly Column<ManagedNode>[] = withSecond(linked, {
    id: "action",
    header: "Session",
    minWidth: 150,
    cell: (node) =>
      node.state === "PENDING" ? (
        <LetIn node={node} onDone={pages.reload} />
      ) : (
        <Button
          variant="inline-link"
          loading={starting.has(node.id)}
          disabled={!node.connected}
          disabledReason="The node is not connected. Look whether its agent runs and reaches this server."
          ariaLabel={`Start session on ${nodeName(node)}`}
          onClick={() => void start(node)}
        >
          Start session
        </Button>
      ),
  });
  const [preferences, change] = usePreferences(
    "nodes",
    columns.map((column) => column.id),
    columns.filter((column) => column.hidden).map((column) => column.id),
  );
  const query = search.toString();
  const pages = usePages<ManagedNode>(
    useCallback(
      (next, signal) => listNodes(nodeQuery(new URLSearchParams(query), preferences.pageSize, next), signal),
      [query, preferences.pageSize],
    ),
  );
  useChanges("nodes", pages.reload);

  const start = async (node: ManagedNode) => {
    setStarting((others) => new Set(others).add(node.id));
    await startInTab({ target: node.id }, nodeName(node));
    setStarting((others) => new Set([...others].filter((id) => id !== node.id)));
  };

  return (
    <Page title="Managed nodes">
      <Asked onDone={pages.reload} />
      <ListTable<ManagedNode>
        what="managed nodes"
        pages={pages}
        columns={columns}
        id={(node) => node.id}
        name={nodeName}
        properties={nodeProperties}
        placeholder="Find nodes by name, id, address or property"
        preferences={preferences}
        onPreferences={change}
        header={
          <Header
            variant="awsui-h1-sticky"
            description="Machines that registered with an activation. They need no open inbound port: each keeps a connection to this server."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel="Refresh" onClick={pages.reload} />
                <Button variant="primary" href={href("/activations/create")} onFollow={follow}>
                  Add node
                </Button>
              </SpaceBetween>
            }
          >
            Managed nodes
          </Header>
        }
        empty={{
          title: "No managed nodes",
          text: "Create an activation and paste the line that it gives you on the machine that you want to reach.",
          action: (
            <Button href={href("/activations/create")} onFollow={follow}>
              Create activation
            </Button>
          ),
        }}
      />
    </Page>
  );
}
