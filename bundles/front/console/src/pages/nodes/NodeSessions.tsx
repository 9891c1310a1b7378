import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback, useState } from "react";
import { listSessions, type Session } from "../../api/calls";
import { targetName } from "../../app/names";
import { href } from "../../app/routes";
import { terminalHref } from "../../app/terminals";
import { useChanges } from "../../app/useChanges";
import { useFollow } from "../../app/useFollow";
import { usePages } from "../../app/usePages";
import { withSecond, type Column } from "../../lists/ListTable";
import { PartTable } from "../../lists/PartTable";
import { sessionColumns } from "../sessions/columns";
import { Terminate } from "../sessions/Terminate";

const ROWS = 10;

const common = sessionColumns.filter((column) => column.id !== "node" && column.id !== "target");
const past: readonly Column<Session>[] = [
  ...common.filter((column) => column.id !== "status"),
  { id: "cause", header: "Cause of end", cell: (session) => session.causeText ?? "-", minWidth: 240 },
];

interface Props {
  id: string;
  state: "active" | "history";
}

/** Sessions on one node: those that live, or those that are over. */
export function NodeSessions({ id, state }: Props) {
  const follow = useFollow();
  const [ending, setEnding] = useState<Session>();
  const pages = usePages<Session>(
    useCallback(
      (next, signal) => listSessions({ state, target: id, max: ROWS, ...(next !== undefined && { next }) }, signal),
      [id, state],
    ),
  );
  useChanges("sessions", pages.reload);
  const live = state === "active";
  const all = href(`${live ? "/sessions" : "/sessions/history"}?target=${encodeURIComponent(id)}`);
  return (
    <>
      <PartTable<Session>
        what={live ? "active sessions" : "past sessions"}
        pages={pages}
        id={(session) => session.id}
        columns={live ? withSecond(common, actions(setEnding)) : past}
        header={
          <Header
            variant="h2"
            actions={
              <Button href={all} onFollow={follow}>
                {live ? "Show under Sessions" : "Show under Session history"}
              </Button>
            }
          >
            {live ? "Active sessions" : "Session history"}
          </Header>
        }
        empty={live ? "Nobody has a session on this node." : "There was no session on this node."}
      />
      {ending && (
        <Terminate
          session={ending}
          name={targetName(ending)}
          onDone={(done) => {
            setEnding(undefined);
            if (done) {
              pages.reload();
            }
          }}
        />
      )}
    </>
  );
}

const actions = (onEnd: (session: Session) => void): Column<Session> => ({
  id: "action",
  header: "Actions",
  minWidth: 190,
  cell: (session) => (
    <SpaceBetween direction="horizontal" size="s">
      <Button
        variant="inline-link"
        href={terminalHref(session.id)}
        target="_blank"
        disabled={!session.mine}
        disabledReason="Only its owner can attach to a session."
        ariaLabel={`Attach to ${session.id}`}
      >
        Attach
      </Button>
      <Button variant="inline-link" ariaLabel={`Terminate ${session.id}`} onClick={() => onEnd(session)}>
        Terminate
      </Button>
    </SpaceBetween>
  ),
});
