import type { Simulation } from "../../api/access";
import type { ManagedNode } from "../../api/calls";

/** What a person can ask a simulation for at once. */
export interface Preset {
  id: string;
  label: string;
  actions: readonly string[];
  /** Whether it is about a node, and needs its document too. */
  node: boolean;
  document?: boolean;
}

export const presets: readonly Preset[] = [
  { id: "shell", label: "Start a shell on a node", actions: ["ssm:StartSession"], node: true, document: true },
  { id: "nodes", label: "See the list of nodes", actions: ["ssm:DescribeInstanceInformation"], node: false },
  { id: "sessions", label: "See sessions", actions: ["ssm:DescribeSessions"], node: false },
  {
    id: "tags",
    label: "Change tags of a node",
    actions: ["ssm:AddTagsToResource", "ssm:RemoveTagsFromResource"],
    node: true,
  },
  { id: "deregister", label: "Deregister a node", actions: ["ssm:DeregisterManagedInstance"], node: true },
  { id: "activate", label: "Create an activation", actions: ["ssm:CreateActivation"], node: false },
  {
    id: "users",
    label: "Create users and give them policies",
    actions: ["iam:CreateUser", "iam:AttachUserPolicy"],
    node: false,
  },
];

/** One condition key of a request. */
export interface Entry {
  key: string;
  /** Several are written with a comma between them. */
  values: string;
}

export const SHELL_DOCUMENT = "SSM-SessionManagerRunShell";

export interface Place {
  region: string;
  accountId: string;
}

export const nodeArn = ({ region, accountId }: Place, id: string): string =>
  id.startsWith("mi-")
    ? `arn:aws:ssm:${region}:${accountId}:managed-instance/${id}`
    : `arn:aws:ec2:${region}:${accountId}:instance/${id}`;

/** Session Manager's own document belongs to the account; those that begin with AWS- to no account. */
export const documentArn = ({ region, accountId }: Place, name: string): string =>
  `arn:aws:ssm:${region}:${name.startsWith("AWS-") ? "" : accountId}:document/${name}`;

/** The keys that the server finds for a request to a node: its tags, and that the document is asked for. */
export const nodeEntries = (node: Pick<ManagedNode, "tags">, document: boolean): readonly Entry[] => [
  ...Object.entries(node.tags).flatMap(([key, value]) => [
    { key: `ssm:resourceTag/${key}`, values: value },
    { key: `aws:ResourceTag/${key}`, values: value },
  ]),
  ...(document ? [{ key: "ssm:SessionDocumentAccessCheck", values: "true" }] : []),
];

const words = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((word) => word.trim())
    .filter((word) => word !== "");

export interface Fields {
  /** ARN; without it the documents alone are asked. */
  principal: string | undefined;
  /** One document, or none. */
  document: string;
  actions: string;
  resources: string;
  entries: readonly Entry[];
}

/** The API's question for what was typed. */
export const simulationOf = (fields: Fields): Simulation => ({
  actions: words(fields.actions),
  resources: words(fields.resources),
  principal: fields.principal ?? null,
  policies: fields.document.trim() === "" ? [] : [fields.document],
  context: Object.fromEntries(
    fields.entries.filter((entry) => entry.key.trim() !== "").map((entry) => [entry.key.trim(), words(entry.values)]),
  ),
});

/** Whether there is enough to ask. */
export const askable = (fields: Fields): boolean =>
  words(fields.actions).length > 0 && (fields.principal !== undefined || fields.document.trim() !== "");
