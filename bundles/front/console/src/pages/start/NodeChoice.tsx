import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback, useEffect } from "react";
import { useSearchParams } from "wouter";
import { listNodes, type ManagedNode } from "../../api/calls";
import { nodeName } from "../../app/names";
import { useChanges } from "../../app/useChanges";
import { usePages } from "../../app/usePages";
import { ListTable } from "../../lists/ListTable";
import { usePreferences } from "../../lists/preferences";
import { nodeColumns, nodeProperties, nodeQuery } from "../nodes/columns";

interface Props {
  chosen: ManagedNode | undefined;
  onChoose: (node: ManagedNode | undefined) => void;
  error: string | undefined;
}

/** The nodes, to choose one that is connected. */
export function NodeChoice({ chosen, onChoose, error }: Props) {
  const [search] = useSearchParams();
  const [preferences, change] = usePreferences(
    "start",
    nodeColumns.map((column) => column.id),
    nodeColumns.filter((column) => column.hidden || column.id === "agent").map((column) => column.id),
  );
  const query = search.toString();
  const pages = usePages<ManagedNode>(
    useCallback(
      (next, signal) => listNodes(nodeQuery(new URLSearchParams(query), preferences.pageSize, next), signal),
      [query, preferences.pageSize],
    ),
  );
  useChanges("nodes", pages.reload);

  // who comes from a node has it chosen already
  const wanted = search.get("target");
  useEffect(() => {
    if (wanted && !chosen) {
      onChoose(pages.items.find((node) => node.id === wanted));
    }
  }, [wanted, chosen, pages.items, onChoose]);

  return (
    <ListTable<ManagedNode>
      embedded
      what="managed nodes"
      pages={pages}
      columns={nodeColumns}
      id={(node) => node.id}
      name={nodeName}
      properties={nodeProperties}
      placeholder="Find nodes by name, id, address or property"
      preferences={preferences}
      onPreferences={change}
      selected={chosen ? [chosen] : []}
      onSelect={(selected) => onChoose(selected[0])}
      disabled={(node) => !node.connected}
      header={
        <SpaceBetween size="s">
          <Header
            variant="h2"
            description="Nodes that are not connected cannot be chosen."
            actions={<Button iconName="refresh" ariaLabel="Refresh" onClick={pages.reload} />}
          >
            Node
          </Header>
          {error && (
            <div role="alert">
              <Alert type="error">{error}</Alert>
            </div>
          )}
        </SpaceBetween>
      }
      empty={{ title: "No managed nodes", text: "Add one under Hybrid activations first." }}
    />
  );
}
