import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback, useState } from "react";
import { useLocation, useParams } from "wouter";
import { listActivations, listNodes, type Activation, type ManagedNode } from "../../api/calls";
import { Busy } from "../../app/Busy";
import { nodeName } from "../../app/names";
import { Page } from "../../app/Page";
import { ProblemAlert } from "../../app/ProblemAlert";
import { href } from "../../app/routes";
import { ago, time } from "../../app/times";
import { nodePath, To } from "../../app/To";
import { useChanges } from "../../app/useChanges";
import { useFollow } from "../../app/useFollow";
import { useOne } from "../../app/useOne";
import { usePages } from "../../app/usePages";
import { withSecond, type Column } from "../../lists/ListTable";
import { PartTable } from "../../lists/PartTable";
import { LetIn } from "../nodes/LetIn";
import { nodeColumns, Tags } from "../nodes/columns";
import { ActivationStatus } from "./ActivationStatus";
import { DeleteActivation } from "./DeleteActivation";

const ROWS = 20;

const SHOWN = ["name", "id", "status", "address", "registered"];
const shown: readonly Column<ManagedNode>[] = nodeColumns
  .filter((column) => SHOWN.includes(column.id))
  .map((column) =>
    column.id === "name" ? { ...column, cell: (node) => <To path={nodePath(node.id)}>{nodeName(node)}</To> } : column,
  );

/** One activation: what it allows and who used it. One that was deleted has its nodes still. */
export default function ActivationDetail() {
  const { id = "" } = useParams<{ id: string }>();
  const [, go] = useLocation();
  const [deleting, setDeleting] = useState<Activation>();
  const one = useOne(
    useCallback(
      async (signal: AbortSignal) => ({ activation: (await listActivations({ id: [id], max: 1 }, signal)).items[0] }),
      [id],
    ),
  );
  useChanges("nodes", one.reload);
  const activation = one.value?.activation;
  return (
    <Page title={activation?.description || "Activation"}>
      <ContentLayout
        header={
          <Header
            variant="h1"
            actions={
              activation && (
                <SpaceBetween direction="horizontal" size="xs">
                  <Button iconName="refresh" ariaLabel="Refresh" onClick={one.reload} />
                  <Button onClick={() => setDeleting(activation)}>Delete</Button>
                </SpaceBetween>
              )
            }
          >
            {activation?.description || id}
          </Header>
        }
      >
        <SpaceBetween size="l">
          {one.problem && <ProblemAlert problem={one.problem} onRetry={one.reload} />}
          {one.value && !activation && (
            <Alert type="info" header="There is no such activation">
              It was deleted, or there never was one of that id. Nodes that registered with it are shown below.
            </Alert>
          )}
          {!one.value && !one.problem && <Busy />}
          {activation && <Overview activation={activation} />}
          <Users id={id} />
        </SpaceBetween>
      </ContentLayout>
      {deleting && (
        <DeleteActivation
          activation={deleting}
          onClose={(done) => {
            setDeleting(undefined);
            if (done) {
              go("/activations");
            }
          }}
        />
      )}
    </Page>
  );
}

function Overview({ activation }: { activation: Activation }) {
  return (
    <Container header={<Header variant="h2">Overview</Header>}>
      <KeyValuePairs
        columns={4}
        minColumnWidth={180}
        items={[
          { label: "Activation ID", value: activation.id },
          { label: "Status", value: <ActivationStatus activation={activation} /> },
          { label: "Registrations", value: `${activation.used} of ${activation.limit}` },
          { label: "Expires", value: `${time(activation.expiresAt)} (${ago(activation.expiresAt)})` },
          { label: "Created", value: time(activation.createdAt) },
          { label: "Default name", value: activation.defaultName || "-" },
          { label: "Role", value: activation.role },
          { label: "Approval", value: activation.approval ? "A person lets each node in" : "Not needed" },
          { label: "Machines register from", value: activation.sources.join(", ") || "any address" },
          { label: "Tags of the nodes", value: <Tags tags={activation.tags} /> },
        ]}
      />
    </Container>
  );
}

/** The nodes that registered with it and are not gone. */
function Users({ id }: { id: string }) {
  const follow = useFollow();
  const pages = usePages<ManagedNode>(
    useCallback(
      (next, signal) =>
        listNodes(
          {
            activation: [id],
            state: ["ACTIVE", "PENDING", "LEAVING"],
            max: ROWS,
            ...(next !== undefined && { next }),
          },
          signal,
        ),
      [id],
    ),
  );
  useChanges("nodes", pages.reload);
  return (
    <PartTable<ManagedNode>
      what="registered nodes"
      pages={pages}
      id={(node) => node.id}
      columns={withSecond(shown, {
        id: "action",
        header: "Approval",
        minWidth: 160,
        cell: (node) => (node.state === "PENDING" ? <LetIn node={node} onDone={pages.reload} /> : "-"),
      })}
      header={
        <Header
          variant="h2"
          description="Nodes that registered with it and were not deregistered since."
          actions={
            <Button href={href(`/nodes?activation=${encodeURIComponent(id)}`)} onFollow={follow}>
              Show under Managed nodes
            </Button>
          }
        >
          Registered nodes
        </Header>
      }
      empty="No node that registered with it is there."
    />
  );
}
