import Button from "@cloudscape-design/components/button";
import { listPolicies, type Policy, type Wanted } from "../../api/access";
import { href } from "../../app/routes";
import { time } from "../../app/times";
import { useFollow } from "../../app/useFollow";
import type { FilterProperty } from "../../lists/filters";
import type { Column } from "../../lists/ListTable";
import { NamedList } from "./NamedList";
import { policyAt } from "./places";
import { To } from "./To";

const columns: readonly Column<Policy>[] = [
  {
    id: "name",
    header: "Name",
    cell: (one) => <To page={policyAt(one.arn)}>{one.name}</To>,
    rowHeader: true,
    minWidth: 180,
  },
  { id: "from", header: "From", cell: (one) => (one.builtIn ? "Server" : "This account") },
  { id: "uses", header: "Attached to", cell: (one) => one.attachments },
  { id: "limits", header: "Boundary of", cell: (one) => one.boundaries },
  { id: "updated", header: "Changed", cell: (one) => (one.builtIn ? "-" : time(one.updatedAt)), minWidth: 180 },
  { id: "version", header: "Default version", cell: (one) => one.defaultVersion, hidden: true },
  { id: "arn", header: "ARN", cell: (one) => one.arn, hidden: true, minWidth: 260 },
];

const properties: readonly FilterProperty[] = [
  {
    key: "scope",
    label: "From",
    group: "From",
    values: [
      { value: "account", label: "This account" },
      { value: "server", label: "Server" },
    ],
  },
  { key: "attached", label: "Used", group: "Used", values: [{ value: "true", label: "Yes" }] },
];

const SCOPES = ["account", "server"] as const;

const ask = (query: Wanted, search: URLSearchParams, signal: AbortSignal) => {
  const scope = SCOPES.find((one) => one === search.get("scope"));
  return listPolicies(
    { ...query, ...(scope && { scope }), ...(search.get("attached") === "true" && { attached: true }) },
    signal,
  );
};

/** What may be done, to be given to users, groups and roles. */
export default function Policies() {
  const follow = useFollow();
  return (
    <NamedList<Policy>
      title="Policies"
      what="policies"
      description="A policy says what may be done on what, and when. It counts for each user, group and role that has it."
      columns={columns}
      ask={ask}
      properties={properties}
      create={
        <Button variant="primary" href={href("/access/policies/create")} onFollow={follow}>
          Create policy
        </Button>
      }
      empty="Create one from a template."
    />
  );
}
