import Box from "@cloudscape-design/components/box";
import { useCallback } from "react";
import { listSessions, type ManagedNode } from "../../api/calls";
import { deregisterNode } from "../../api/nodes";
import { Confirm } from "../../app/Confirm";
import { nodeName } from "../../app/names";
import { notify } from "../../app/notices";
import { useOne } from "../../app/useOne";

const COUNTED = 100;

/** Asks, says what ends, then removes a node. */
export function Deregister({ node, onClose }: { node: ManagedNode; onClose: (done: boolean) => void }) {
  const name = nodeName(node);
  const { id } = node;
  const sessions = useOne(
    useCallback((signal: AbortSignal) => listSessions({ state: "active", target: id, max: COUNTED }, signal), [id]),
  ).value;
  return (
    <Confirm
      title="Deregister node"
      action="Deregister"
      work={() => deregisterNode(id)}
      onClose={(done) => {
        if (done) {
          notify({ type: "success", title: `${name} was deregistered`, text: id });
        }
        onClose(done);
      }}
    >
      <Box variant="p">
        Deregister <b>{name}</b> ({id})? {sessions && `${ending(sessions.items.length, sessions.next !== null)} `}
        Its key and credentials are void, its connection is closed, and its tags are forgotten. The machine itself stays
        as it is; to reach it again it must be registered again and gets another id.
      </Box>
    </Confirm>
  );
}

const ending = (count: number, more: boolean): string => {
  if (count === 0) {
    return "Nobody has a session on it.";
  }
  return count === 1 && !more
    ? "One active session ends, and what runs in it."
    : `${more ? "More than " : ""}${count} active sessions end, and what runs in them.`;
};
