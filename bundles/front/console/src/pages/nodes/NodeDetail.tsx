import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useCallback, useState } from "react";
import { useLocation, useParams } from "wouter";
import type { ManagedNode } from "../../api/calls";
import { getNode } from "../../api/nodes";
import { Busy } from "../../app/Busy";
import { nodeName } from "../../app/names";
import { Page } from "../../app/Page";
import { ProblemAlert } from "../../app/ProblemAlert";
import { startInTab } from "../../app/terminals";
import { useChanges } from "../../app/useChanges";
import { useOne } from "../../app/useOne";
import { ChangeRole } from "./ChangeRole";
import { Deregister } from "./Deregister";
import { NodeEvents } from "./NodeEvents";
import { NodeOverview } from "./NodeOverview";
import { NodeSessions } from "./NodeSessions";
import { NodeTags } from "./NodeTags";
import { Questions } from "./Questions";

/** One managed node: what it is, what it asks, its tags, sessions and events, and what can be done with it. */
export default function NodeDetail() {
  const { id = "" } = useParams<{ id: string }>();
  const one = useOne(useCallback((signal: AbortSignal) => getNode(id, signal), [id]));
  useChanges("nodes", one.reload);
  const node = one.value;
  // gone while it was shown: what stands here is of the past
  const gone = one.problem?.status === 404;
  return (
    <Page title={node ? nodeName(node) : "Managed node"}>
      {node && !gone ? (
        <Shown
          node={node}
          problem={one.problem && <ProblemAlert problem={one.problem} onRetry={one.reload} />}
          onChange={one.reload}
        />
      ) : (
        <ContentLayout header={<Header variant="h1">{node ? nodeName(node) : id}</Header>}>
          {one.problem ? <ProblemAlert problem={one.problem} onRetry={one.reload} /> : <Busy />}
        </ContentLayout>
      )}
    </Page>
  );
}

type Doing = "role" | "deregister";

function Shown({ node, problem, onChange }: { node: ManagedNode; problem: React.ReactNode; onChange: () => void }) {
  const [, go] = useLocation();
  const [doing, setDoing] = useState<Doing>();
  const [starting, setStarting] = useState(false);
  const name = nodeName(node);
  const waits = node.state === "PENDING";
  const start = async () => {
    setStarting(true);
    await startInTab({ target: node.id }, name);
    setStarting(false);
  };
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button iconName="refresh" ariaLabel="Refresh" onClick={onChange} />
              <ButtonDropdown
                items={[
                  { id: "role", text: "Change role", disabled: node.state === "LEAVING" },
                  { id: "deregister", text: "Deregister" },
                ]}
                onItemClick={({ detail }) => setDoing(detail.id as Doing)}
              >
                Actions
              </ButtonDropdown>
              <Button
                variant="primary"
                loading={starting}
                disabled={!node.connected}
                disabledReason={
                  waits
                    ? "The node waits for approval."
                    : "The node is not connected. Look whether its agent runs and reaches this server."
                }
                onClick={() => void start()}
              >
                Start session
              </Button>
            </SpaceBetween>
          }
        >
          {name}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {problem}
        <Questions node={node} onChange={onChange} />
        <NodeOverview node={node} />
        <NodeTags node={node} onChange={onChange} />
        <Tabs
          ariaLabel={`Sessions and events of ${name}`}
          tabs={[
            {
              id: "active",
              label: "Active sessions",
              content: <NodeSessions key="active" id={node.id} state="active" />,
            },
            {
              id: "history",
              label: "Session history",
              content: <NodeSessions key="history" id={node.id} state="history" />,
            },
            { id: "events", label: "Events", content: <NodeEvents id={node.id} /> },
          ]}
        />
      </SpaceBetween>
      {doing === "role" && (
        <ChangeRole
          node={node}
          onClose={(done) => {
            setDoing(undefined);
            if (done) {
              onChange();
            }
          }}
        />
      )}
      {doing === "deregister" && (
        <Deregister
          node={node}
          onClose={(done) => {
            setDoing(undefined);
            if (done) {
              go("/nodes");
            }
          }}
        />
      )}
    </ContentLayout>
  );
}
