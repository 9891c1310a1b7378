import { useCallback } from "react";
import { usesOf, type PolicyUse, type Wanted } from "../../api/access";
import type { Column } from "../../lists/ListTable";
import { PartTable } from "./PartTable";
import { usedAt } from "./places";
import { To } from "./To";
import { useList } from "./useList";

const NAMES: Record<string, string> = { USER: "User", GROUP: "Group", ROLE: "Role" };

const columns: readonly Column<PolicyUse>[] = [
  { id: "name", header: "Name", cell: (one) => <To page={usedAt(one.kind, one.name)}>{one.name}</To>, rowHeader: true },
  { id: "kind", header: "Kind", cell: (one) => NAMES[one.kind] ?? one.kind },
];

/** What has a policy, or is limited by it. */
export function PolicyUses({ arn }: { arn: string }) {
  const pages = useList<PolicyUse>(
    useCallback((query: Wanted, signal: AbortSignal) => usesOf(arn, query, signal), [arn]),
  );
  return (
    <PartTable
      title="Where it is used"
      description="Groups, roles and users that have it or are limited by it."
      pages={pages}
      columns={columns}
      id={(one) => one.id}
      empty="Nothing has it. Attach it on the page of a user, group or role."
    />
  );
}
