import Button from "@cloudscape-design/components/button";
import { listRoles, type Role, type Wanted } from "../../api/access";
import { href } from "../../app/routes";
import { time } from "../../app/times";
import { useFollow } from "../../app/useFollow";
import type { Column } from "../../lists/ListTable";
import { NamedList } from "./NamedList";
import { roleAt } from "./places";
import { To } from "./To";

const columns: readonly Column<Role>[] = [
  {
    id: "name",
    header: "Name",
    cell: (one) => <To page={roleAt(one.name)}>{one.name}</To>,
    rowHeader: true,
    minWidth: 160,
  },
  { id: "description", header: "Description", cell: (one) => one.description || "-", minWidth: 200 },
  { id: "hours", header: "Longest session", cell: (one) => `${one.hours} h` },
  { id: "created", header: "Created", cell: (one) => time(one.createdAt), minWidth: 180 },
  { id: "path", header: "Path", cell: (one) => one.path, hidden: true },
  { id: "arn", header: "ARN", cell: (one) => one.arn, hidden: true, minWidth: 260 },
];

const ask = (query: Wanted, _: URLSearchParams, signal: AbortSignal) => listRoles(query, signal);

/** What nodes act as, and what users may assume for a while. */
export default function Roles() {
  const follow = useFollow();
  return (
    <NamedList<Role>
      title="Roles"
      what="roles"
      description="What managed nodes act as, and what users may assume for a while. A trust policy says who."
      columns={columns}
      ask={ask}
      create={
        <Button variant="primary" href={href("/access/roles/create")} onFollow={follow}>
          Create role
        </Button>
      }
      empty="Create one to let users act with other rights for a while."
    />
  );
}
