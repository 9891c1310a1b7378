import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback, useEffect, useState, type ReactNode } from "react";
import { listNodes, listSessions, server } from "../../api/calls";
import { Page } from "../../app/Page";
import { href } from "../../app/routes";
import { useChanges } from "../../app/useChanges";
import { useFollow } from "../../app/useFollow";
import { usePages, type Pages } from "../../app/usePages";

/** Most that are counted; beyond it there are "more than". */
const COUNTED = 100;

/** What there is, and where to begin. */
export default function Home() {
  const follow = useFollow();
  const nodes = usePages(
    useCallback(
      (next: string | undefined, signal: AbortSignal) => listNodes({ max: COUNTED, ...(next && { next }) }, signal),
      [],
    ),
  );
  const sessions = usePages(
    useCallback(
      (next: string | undefined, signal: AbortSignal) =>
        listSessions({ state: "active", max: COUNTED, ...(next && { next }) }, signal),
      [],
    ),
  );
  const [about, setAbout] = useState<Awaited<ReturnType<typeof server>>>();
  useEffect(() => void server().then(setAbout, () => undefined), []);
  useChanges("nodes", nodes.reload);
  useChanges("sessions", sessions.reload);
  const online = nodes.items.filter((node) => node.connected).length;

  return (
    <Page title="Overview">
      <ContentLayout
        header={
          <Header
            variant="h1"
            description="Shells on your own machines, without an open inbound port. Policies decide who reaches what, and every session is recorded."
            actions={
              <Button variant="primary" href={href("/sessions/start")} onFollow={follow}>
                Start session
              </Button>
            }
          >
            Sallyport
          </Header>
        }
      >
        <SpaceBetween size="l">
          <ColumnLayout columns={2}>
            <Figure
              title="Managed nodes"
              path="/nodes"
              value={figure(nodes)}
              text={textOf(nodes, `${online} connected`)}
            />
            <Figure
              title="Active sessions"
              path="/sessions"
              value={figure(sessions)}
              text={textOf(sessions, `${sessions.items.filter((session) => session.mine).length} of them yours`)}
            />
          </ColumnLayout>
          <Container header={<Header variant="h2">Begin here</Header>}>
            <ColumnLayout columns={3} variant="text-grid">
              <Step title="1. Add a node" path="/activations/create" link="Create activation">
                An activation gives one line to paste on the machine that you want to reach.
              </Step>
              <Step title="2. Open a shell" path="/nodes" link="Managed nodes">
                Press Start session in the node's row. The terminal opens in a tab of its own.
              </Step>
              <Step title="3. Look back" path="/sessions/history?within=24h" link="Session history">
                Find who was where, why, and what ended the session.
              </Step>
            </ColumnLayout>
          </Container>
          {about && (
            <Container header={<Header variant="h2">This server</Header>}>
              <KeyValuePairs
                columns={4}
                items={[
                  { label: "Version", value: about.version },
                  { label: "Region", value: about.region },
                  { label: "Account", value: about.accountId },
                  { label: "Terminals connect to", value: about.channel },
                ]}
              />
            </Container>
          )}
        </SpaceBetween>
      </ContentLayout>
    </Page>
  );
}

/** How many there are, as far as is known. */
const figure = ({ items, count, loading, problem }: Pages<unknown>): string =>
  loading || problem ? "-" : count > 1 ? `more than ${items.length}` : String(items.length);

const textOf = ({ loading, problem }: Pages<unknown>, text: string): string =>
  loading ? "Loading" : (problem?.message ?? text);

function Figure({ title, path, value, text }: { title: string; path: string; value: string; text: string }) {
  const follow = useFollow();
  return (
    <Container header={<Header variant="h2">{title}</Header>}>
      <Link href={href(path)} onFollow={follow} fontSize="display-l" ariaLabel={`${title}: ${value}`}>
        {value}
      </Link>
      <Box color="text-body-secondary">{text}</Box>
    </Container>
  );
}

function Step({ title, path, link, children }: { title: string; path: string; link: string; children: ReactNode }) {
  const follow = useFollow();
  return (
    <div>
      <Box variant="h3" padding={{ top: "n" }}>
        {title}
      </Box>
      <Box variant="p">{children}</Box>
      <Link href={href(path)} onFollow={follow}>
        {link}
      </Link>
    </div>
  );
}
