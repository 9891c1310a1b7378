import type { UsageTotal } from "../../api/nodes";
import { nodePath, To } from "../../app/To";
import type { Column } from "../../lists/ListTable";
import { hours } from "./days";

/** What node-hours are added up by, by their names in the address and in the API's query. */
export const GROUPINGS = [
  { id: "tier", text: "Tier" },
  { id: "node", text: "Node" },
  { id: "tag", text: "Tag" },
] as const;

export type Grouping = (typeof GROUPINGS)[number]["id"];

export const groupingOf = (asked: string | null): Grouping => GROUPINGS.find((one) => one.id === asked)?.id ?? "tier";

const time: Column<UsageTotal> = {
  id: "hours",
  header: "Node-hours",
  cell: (total) => hours(total.onlineSeconds),
};
const nodes: Column<UsageTotal> = { id: "nodes", header: "Nodes", cell: (total) => total.nodes };

const COLUMNS: Record<Grouping, readonly Column<UsageTotal>[]> = {
  tier: [{ id: "tier", header: "Tier", cell: (total) => total.name, rowHeader: true }, time, nodes],
  node: [
    {
      id: "node",
      header: "Node ID",
      cell: (total) => <To path={nodePath(total.name)}>{total.name}</To>,
      rowHeader: true,
      minWidth: 220,
    },
    time,
    { id: "tier", header: "Tier", cell: (total) => total.value },
  ],
  tag: [
    {
      id: "tag",
      header: "Tag",
      cell: (total) => <To path={tagPath(total)}>{total.value ? `${total.name}=${total.value}` : total.name}</To>,
      rowHeader: true,
      minWidth: 200,
    },
    time,
    nodes,
  ],
};

/** The nodes that have the tag now. */
const tagPath = (total: UsageTotal): string => `/nodes?tag=${encodeURIComponent(`${total.name}=${total.value}`)}`;

export const columnsOf = (by: Grouping): readonly Column<UsageTotal>[] => COLUMNS[by];
