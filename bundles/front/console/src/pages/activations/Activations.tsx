import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback, useState } from "react";
import { useSearchParams } from "wouter";
import { listActivations, type Activation } from "../../api/calls";
import { Page } from "../../app/Page";
import { href } from "../../app/routes";
import { ago, time } from "../../app/times";
import { activationPath, To } from "../../app/To";
import { useChanges } from "../../app/useChanges";
import { useFollow } from "../../app/useFollow";
import { usePages } from "../../app/usePages";
import type { FilterProperty } from "../../lists/filters";
import { ListTable, withSecond, type Column } from "../../lists/ListTable";
import { usePreferences } from "../../lists/preferences";
import { Tags } from "../nodes/columns";
import { ActivationStatus } from "./ActivationStatus";
import { DeleteActivation } from "./DeleteActivation";

const properties: readonly FilterProperty[] = [
  { key: "id", label: "Activation ID", group: "Activations", any: true },
  { key: "defaultName", label: "Default name", group: "Default names", any: true },
  { key: "role", label: "Role", group: "Roles", any: true },
];

const plain: readonly Column<Activation>[] = [
  {
    id: "id",
    header: "Activation ID",
    cell: (one) => <To path={activationPath(one.id)}>{one.id}</To>,
    rowHeader: true,
    minWidth: 220,
  },
  { id: "description", header: "Description", cell: (one) => one.description || "-", minWidth: 160 },
  { id: "status", header: "Status", cell: (one) => <ActivationStatus activation={one} />, minWidth: 130 },
  { id: "used", header: "Nodes", cell: (one) => `${one.used} of ${one.limit}` },
  { id: "name", header: "Default name", cell: (one) => one.defaultName || "-" },
  { id: "expires", header: "Expires", cell: (one) => `${time(one.expiresAt)} (${ago(one.expiresAt)})`, minWidth: 220 },
  { id: "approval", header: "Approval", cell: (one) => (one.approval ? "by a person" : "-") },
  { id: "sources", header: "Addresses", cell: (one) => one.sources.join(", ") || "any", hidden: true, minWidth: 160 },
  { id: "tags", header: "Tags", cell: (one) => <Tags tags={one.tags} />, hidden: true, minWidth: 160 },
  { id: "created", header: "Created", cell: (one) => time(one.createdAt), minWidth: 180, hidden: true },
  { id: "role", header: "Role", cell: (one) => one.role, hidden: true },
];

/** What machines register with. */
export default function Activations() {
  const follow = useFollow();
  const [search] = useSearchParams();
  const [deleting, setDeleting] = useState<Activation>();
  const columns: readonly Column<Activation>[] = withSecond(plain, {
    id: "action",
    header: "Actions",
    cell: (one) => (
      <Button variant="inline-link" ariaLabel={`Delete ${one.id}`} onClick={() => setDeleting(one)}>
        Delete
      </Button>
    ),
  });
  const [preferences, change] = usePreferences(
    "activations",
    columns.map((column) => column.id),
    columns.filter((column) => column.hidden).map((column) => column.id),
  );
  const query = search.toString();
  const pages = usePages<Activation>(
    useCallback(
      (next, signal) => {
        const wanted = new URLSearchParams(query);
        return listActivations(
          {
            id: wanted.getAll("id"),
            defaultName: wanted.getAll("defaultName"),
            role: wanted.getAll("role"),
            max: preferences.pageSize,
            ...(next !== undefined && { next }),
          },
          signal,
        );
      },
      [query, preferences.pageSize],
    ),
  );
  // each registration uses one up
  useChanges("nodes", pages.reload);

  return (
    <Page title="Hybrid activations">
      <ListTable<Activation>
        what="activations"
        pages={pages}
        columns={columns}
        id={(one) => one.id}
        name={(one) => one.description || one.id}
        properties={properties}
        placeholder="Find activations by property"
        freeText={false}
        preferences={preferences}
        onPreferences={change}
        header={
          <Header
            variant="awsui-h1-sticky"
            description="An activation lets machines register as managed nodes, with a code that is shown once."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel="Refresh" onClick={pages.reload} />
                <Button variant="primary" href={href("/activations/create")} onFollow={follow}>
                  Create activation
                </Button>
              </SpaceBetween>
            }
          >
            Hybrid activations
          </Header>
        }
        empty={{
          title: "No activations",
          text: "Create one to add a machine.",
          action: (
            <Button href={href("/activations/create")} onFollow={follow}>
              Create activation
            </Button>
          ),
        }}
      />
      {deleting && (
        <DeleteActivation
          activation={deleting}
          onClose={(done) => {
            setDeleting(undefined);
            if (done) {
              pages.reload();
            }
          }}
        />
      )}
    </Page>
  );
}
