import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback } from "react";
import { listNodes, type ManagedNode, type NodeQuery } from "../../api/calls";
import { nodeName } from "../../app/names";
import { ago } from "../../app/times";
import { nodePath, To } from "../../app/To";
import { useChanges } from "../../app/useChanges";
import { usePages, type Pages } from "../../app/usePages";
import { LetIn } from "./LetIn";

/** Most that are counted; beyond it there are "more than". */
const COUNTED = 100;
/** Most that are shown; the list has the others. */
const SHOWN = 5;

const WAITING: NodeQuery = { state: ["PENDING"] };
const DOUBTED: NodeQuery = { state: ["ACTIVE", "PENDING"], question: ["Machine"] };

/** What nodes ask of a person, however the list below is filtered. */
export function Asked({ onDone }: { onDone: () => void }) {
  const waiting = useCounted(WAITING);
  const doubted = useCounted(DOUBTED);
  const done = () => {
    waiting.reload();
    onDone();
  };
  if (waiting.items.length + doubted.items.length === 0) {
    return null;
  }
  return (
    <Box margin={{ bottom: "m" }}>
      <SpaceBetween size="m">
        {waiting.items.length > 0 && (
          <Alert type="info" header={`${counted(waiting, "node waits", "nodes wait")} for approval`}>
            <SpaceBetween size="xs">
              {waiting.items.slice(0, SHOWN).map((node) => (
                <SpaceBetween key={node.id} direction="horizontal" size="s" alignItems="center">
                  <span>
                    <To path={nodePath(node.id)}>{nodeName(node)}</To>{" "}
                    {`registered ${ago(node.registeredAt)}${node.registeredFrom ? ` from ${node.registeredFrom}` : ""}.`}
                  </span>
                  <LetIn node={node} onDone={done} inline={false} />
                </SpaceBetween>
              ))}
              {waiting.items.length > SHOWN && <To path="/nodes?state=PENDING">Show all that wait</To>}
            </SpaceBetween>
          </Alert>
        )}
        {doubted.items.length > 0 && (
          <Alert type="warning" header={`Another machine shows the key of ${counted(doubted, "node", "nodes")}`}>
            It gets no credentials until you decide whether it is the node:{" "}
            {doubted.items.slice(0, SHOWN).map((node, at) => (
              <span key={node.id}>
                {at > 0 && ", "}
                <To path={nodePath(node.id)}>{nodeName(node)}</To>
              </span>
            ))}
            {doubted.items.length > SHOWN && (
              <>
                {" and "}
                <To path="/nodes?question=Machine">others</To>
              </>
            )}
            .
          </Alert>
        )}
      </SpaceBetween>
    </Box>
  );
}

/** Nodes of a query, as many as are counted. That they cannot be read is told by the list below, which asks for the same right. */
function useCounted(query: NodeQuery): Pages<ManagedNode> {
  const pages = usePages<ManagedNode>(
    useCallback((_, signal) => listNodes({ ...query, max: COUNTED }, signal), [query]),
  );
  useChanges("nodes", pages.reload);
  return pages;
}

const counted = ({ items, count }: Pages<unknown>, one: string, many: string): string =>
  items.length === 1 ? `1 ${one}` : `${count > 1 ? "More than " : ""}${items.length} ${many}`;
