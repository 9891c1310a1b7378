import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import { useCallback } from "react";
import { useSearchParams } from "wouter";
import { listSessions, type Session } from "../../api/calls";
import { Page } from "../../app/Page";
import { time } from "../../app/times";
import { usePages } from "../../app/usePages";
import { useChanges } from "../../app/useChanges";
import { ListTable, type Column } from "../../lists/ListTable";
import { usePreferences } from "../../lists/preferences";
import { document, historyProperties, sessionColumns, sessionQuery } from "./columns";
import { PERIODS, since } from "./periods";

const common = sessionColumns.map((column) => (column.id === "status" ? { ...column, hidden: true } : column));

const columns: readonly Column<Session>[] = [
  ...common.filter((column) => column.id !== "reason"),
  { id: "cause", header: "Cause of end", cell: (session) => session.causeText ?? "-", minWidth: 240 },
  ...common.filter((column) => column.id === "reason"),
  { id: "ended", header: "Ended", cell: (session) => time(session.endedAt), minWidth: 180, hidden: true },
  document,
];

/** Sessions that are over, and why. */
export default function History() {
  const [search, setSearch] = useSearchParams();
  const [preferences, change] = usePreferences(
    "history",
    columns.map((column) => column.id),
    columns.filter((column) => column.hidden).map((column) => column.id),
  );
  const query = search.toString();
  const pages = usePages<Session>(
    useCallback(
      (next, signal) => {
        const wanted = new URLSearchParams(query);
        const from = since(wanted.get("within"), Date.now());
        return listSessions(
          { ...sessionQuery("history", wanted, preferences.pageSize, next), ...(from !== undefined && { from }) },
          signal,
        );
      },
      [query, preferences.pageSize],
    ),
  );
  useChanges("sessions", pages.reload);
  const period = PERIODS.find((one) => one.value === (search.get("within") ?? "")) ?? PERIODS[0];

  return (
    <Page title="Session history">
      <ListTable<Session>
        what="past sessions"
        pages={pages}
        columns={columns}
        id={(session) => session.id}
        name={(session) => session.id}
        properties={historyProperties}
        placeholder="Find sessions by id, node, owner or reason"
        control={
          <Select
            inlineLabelText="Started"
            selectedOption={period ?? null}
            options={PERIODS}
            ariaLabel="Started"
            onChange={({ detail }) =>
              setSearch((old) => {
                const next = new URLSearchParams(old);
                next.delete("within");
                if (detail.selectedOption.value) {
                  next.set("within", detail.selectedOption.value);
                }
                return next;
              })
            }
          />
        }
        preferences={preferences}
        onPreferences={change}
        header={
          <Header
            variant="awsui-h1-sticky"
            description="Sessions that are over, newest first, and what ended them."
            actions={<Button iconName="refresh" ariaLabel="Refresh" onClick={pages.reload} />}
          >
            Session history
          </Header>
        }
        empty={{ title: "No past sessions", text: "Sessions appear here when they have ended." }}
      />
    </Page>
  );
}
