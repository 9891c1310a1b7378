import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useCallback } from "react";
import { listAudit, type AuditRecord } from "../../api/nodes";
import { time } from "../../app/times";
import { usePages } from "../../app/usePages";
import type { Column } from "../../lists/ListTable";
import { PartTable } from "../../lists/PartTable";
import { eventDetails, eventName, isDoubtful } from "./events";

const ROWS = 20;
/** How far back to look, in milliseconds: 90 days, as CloudTrail's event history. */
const BACK = 90 * 86_400_000;

const columns: readonly Column<AuditRecord>[] = [
  { id: "time", header: "Time", cell: (event) => time(event.time), minWidth: 190 },
  { id: "name", header: "Event", cell: (event) => <Name event={event} />, rowHeader: true, minWidth: 220 },
  { id: "details", header: "Details", cell: (event) => eventDetails(event), minWidth: 260 },
  { id: "user", header: "By", cell: (event) => event.user ?? "the node or the server", minWidth: 130 },
  { id: "source", header: "From", cell: (event) => event.sourceAddress || "-", minWidth: 130 },
];

/** What the audit trail has of a node. It is asked only when the person wants to see it: reading the trail is a right of its own. */
export function NodeEvents({ id }: { id: string }) {
  const pages = usePages<AuditRecord>(
    useCallback(
      (next, signal) =>
        listAudit(
          {
            resource: id,
            from: new Date(Date.now() - BACK).toISOString(),
            max: ROWS,
            ...(next !== undefined && { next }),
          },
          signal,
        ),
      [id],
    ),
  );
  return (
    <PartTable<AuditRecord>
      what="events"
      pages={pages}
      id={(event) => event.id}
      columns={columns}
      header={
        <Header
          variant="h2"
          description="From the audit trail, the newest first, 90 days back."
          actions={<Button iconName="refresh" ariaLabel="Refresh events" onClick={pages.reload} />}
        >
          Events
        </Header>
      }
      empty="The audit trail has nothing of this node."
    />
  );
}

function Name({ event }: { event: AuditRecord }) {
  if (isDoubtful(event)) {
    return <StatusIndicator type="warning">{eventName(event)}</StatusIndicator>;
  }
  return event.errorCode ? <StatusIndicator type="error">{eventName(event)}</StatusIndicator> : <>{eventName(event)}</>;
}
