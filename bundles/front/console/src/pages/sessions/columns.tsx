import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { Session, SessionQuery } from "../../api/calls";
import { targetName } from "../../app/names";
import { duration, time } from "../../app/times";
import { TEXT, type FilterProperty } from "../../lists/filters";
import type { Column } from "../../lists/ListTable";

export const sessionColumns: readonly Column<Session>[] = [
  { id: "id", header: "Session ID", cell: (session) => session.id, rowHeader: true, minWidth: 200 },
  { id: "node", header: "Node", cell: targetName, minWidth: 130 },
  { id: "target", header: "Node ID", cell: (session) => session.target, hidden: true, minWidth: 200 },
  {
    id: "owner",
    header: "Owner",
    cell: (session) => session.ownerName + (session.mine ? " (you)" : ""),
    minWidth: 110,
  },
  { id: "status", header: "Status", cell: (session) => <SessionStatus session={session} />, minWidth: 140 },
  { id: "started", header: "Started", cell: (session) => time(session.startedAt), minWidth: 215 },
  {
    id: "duration",
    header: "Duration",
    cell: (session) => duration(session.startedAt, session.endedAt),
    minWidth: 95,
  },
  { id: "reason", header: "Reason", cell: (session) => session.reason || "-", minWidth: 160 },
];

export const document: Column<Session> = {
  id: "document",
  header: "Document",
  cell: (session) => session.document,
  minWidth: 160,
  hidden: true,
};

const target: FilterProperty = { key: "target", label: "Node ID", group: "Nodes" };
const owner: FilterProperty = { key: "owner", label: "Owner ARN", group: "Owners" };
const status = (...values: string[]): FilterProperty => ({
  key: "status",
  label: "Status",
  group: "Statuses",
  values: values.map((value) => ({ value })),
});

export const activeProperties = [status("Connecting", "Connected", "Disconnected", "Terminating"), target, owner];
export const historyProperties = [status("Terminated", "Failed"), target, owner];

/** The API's query for what the address says. */
export function sessionQuery(
  state: "active" | "history",
  search: URLSearchParams,
  max: number,
  next: string | undefined,
): SessionQuery {
  const single = (key: "status" | "target" | "owner" | "from") => {
    const value = search.get(key);
    return value === null ? {} : { [key]: value };
  };
  return {
    state,
    text: search.getAll(TEXT),
    ...single("status"),
    ...single("target"),
    ...single("owner"),
    max,
    ...(next !== undefined && { next }),
  };
}

const INDICATORS: Record<string, StatusIndicatorProps.Type> = {
  Connecting: "in-progress",
  Connected: "success",
  Disconnected: "warning",
  Terminating: "in-progress",
  Terminated: "stopped",
  Failed: "error",
};

export const SessionStatus = ({ session }: { session: Session }) => (
  <StatusIndicator type={INDICATORS[session.status] ?? "info"}>{session.status}</StatusIndicator>
);
