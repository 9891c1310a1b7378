import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback, useState } from "react";
import { useSearchParams } from "wouter";
import { listSessions, type Session } from "../../api/calls";
import { targetName } from "../../app/names";
import { Page } from "../../app/Page";
import { href } from "../../app/routes";
import { terminalHref } from "../../app/terminals";
import { useChanges } from "../../app/useChanges";
import { useFollow } from "../../app/useFollow";
import { usePages } from "../../app/usePages";
import { ListTable, withSecond, type Column } from "../../lists/ListTable";
import { usePreferences } from "../../lists/preferences";
import { activeProperties, document, sessionColumns, sessionQuery } from "./columns";
import { Terminate } from "./Terminate";

/** Sessions that live: go on with one's own, end any. */
export default function Active() {
  const follow = useFollow();
  const [search] = useSearchParams();
  const [ending, setEnding] = useState<Session>();
  const columns: readonly Column<Session>[] = withSecond([...sessionColumns, document], {
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
        <Button variant="inline-link" ariaLabel={`Terminate ${session.id}`} onClick={() => setEnding(session)}>
          Terminate
        </Button>
      </SpaceBetween>
    ),
  });
  const [preferences, change] = usePreferences(
    "sessions",
    columns.map((column) => column.id),
    columns.filter((column) => column.hidden).map((column) => column.id),
  );
  const query = search.toString();
  const pages = usePages<Session>(
    useCallback(
      (next, signal) =>
        listSessions(sessionQuery("active", new URLSearchParams(query), preferences.pageSize, next), signal),
      [query, preferences.pageSize],
    ),
  );
  useChanges("sessions", pages.reload);

  return (
    <Page title="Sessions">
      <ListTable<Session>
        what="sessions"
        pages={pages}
        columns={columns}
        id={(session) => session.id}
        name={(session) => session.id}
        properties={activeProperties}
        placeholder="Find sessions by id, node, owner or reason"
        preferences={preferences}
        onPreferences={change}
        header={
          <Header
            variant="awsui-h1-sticky"
            description="Sessions that are going on. A closed tab does not end one: attach to go on with it."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel="Refresh" onClick={pages.reload} />
                <Button variant="primary" href={href("/sessions/start")} onFollow={follow}>
                  Start session
                </Button>
              </SpaceBetween>
            }
          >
            Sessions
          </Header>
        }
        empty={{
          title: "No sessions",
          text: "Nobody has a session at the moment. Those that are over stand in the session history.",
          action: (
            <Button href={href("/sessions/start")} onFollow={follow}>
              Start session
            </Button>
          ),
        }}
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
    </Page>
  );
}
