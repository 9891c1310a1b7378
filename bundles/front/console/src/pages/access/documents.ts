/** A document to begin with. */
export interface Template {
  id: string;
  label: string;
  description: string;
  document: string;
}

const json = (statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, 2);

const SHELL = "SSM-SessionManagerRunShell";
const OWN_SESSIONS = "arn:aws:ssm:*:*:session/${aws:username}-*";

const ownSessions = {
  Sid: "OwnSessions",
  Effect: "Allow",
  Action: ["ssm:ResumeSession", "ssm:TerminateSession"],
  Resource: OWN_SESSIONS,
};

const shellOn = (nodes: string | readonly string[], condition?: object): readonly object[] => [
  {
    Sid: "ShellOnNodes",
    Effect: "Allow",
    Action: "ssm:StartSession",
    Resource: nodes,
    Condition: { ...condition, Bool: { "ssm:SessionDocumentAccessCheck": "true" } },
  },
  {
    Sid: "ShellDocument",
    Effect: "Allow",
    Action: "ssm:StartSession",
    Resource: `arn:aws:ssm:*:*:document/${SHELL}`,
  },
  {
    Sid: "SeeNodesAndSessions",
    Effect: "Allow",
    Action: ["ssm:DescribeInstanceInformation", "ssm:DescribeSessions", "ssm:GetConnectionStatus"],
    Resource: "*",
  },
  ownSessions,
];

/** What people begin with; each is one that the server accepts. */
export const templates: readonly Template[] = [
  {
    id: "tag",
    label: "Shell on nodes with a tag",
    description: "A shell on every node that has the tag, and the own sessions.",
    document: json(shellOn("arn:aws:ssm:*:*:managed-instance/*", { StringEquals: { "ssm:resourceTag/team": "web" } })),
  },
  {
    id: "node",
    label: "Shell on one node",
    description: "A shell on the node that is named, and the own sessions.",
    document: json(shellOn("arn:aws:ssm:*:*:managed-instance/mi-0123456789abcdef0")),
  },
  {
    id: "own",
    label: "Only own sessions",
    description: "Taking up and ending the sessions that one began oneself; starting none.",
    document: json([
      ownSessions,
      { Sid: "SeeSessions", Effect: "Allow", Action: "ssm:DescribeSessions", Resource: "*" },
    ]),
  },
  {
    id: "auditor",
    label: "Read only auditor",
    description:
      "Sees nodes, sessions, users, policies and the audit trail, and why somebody was denied. Changes nothing.",
    document: json([
      {
        Sid: "See",
        Effect: "Allow",
        Action: [
          "ssm:Describe*",
          "ssm:GetConnectionStatus",
          "ssm:ListTagsForResource",
          "iam:Get*",
          "iam:List*",
          "iam:SimulateCustomPolicy",
          "iam:SimulatePrincipalPolicy",
          "access-analyzer:ValidatePolicy",
          "cloudtrail:LookupEvents",
          "sallyport:Get*",
          "sallyport:List*",
        ],
        Resource: "*",
      },
    ]),
  },
  {
    id: "admin-of-users",
    label: "Manage users within a boundary",
    description: "Creates users, as long as each of them is limited by the boundary that is named.",
    document: json([
      {
        Sid: "CreateLimitedUsers",
        Effect: "Allow",
        Action: ["iam:CreateUser", "iam:PutUserPolicy", "iam:AttachUserPolicy"],
        Resource: "arn:aws:iam::*:user/*",
        Condition: { StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::000000000000:policy/Boundary" } },
      },
      { Sid: "SeeUsers", Effect: "Allow", Action: ["iam:Get*", "iam:List*"], Resource: "*" },
    ]),
  },
];

/** Trust policies to begin with. */
export const trusts = (accountId: string): readonly Template[] => [
  {
    id: "nodes",
    label: "Managed nodes",
    description: "Machines that registered act as this role.",
    document: json([{ Effect: "Allow", Principal: { Service: "ssm.amazonaws.com" }, Action: "sts:AssumeRole" }]),
  },
  {
    id: "account",
    label: "Users of this account",
    description: "Users whose own policies allow it may assume the role.",
    document: json([
      { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: "sts:AssumeRole" },
    ]),
  },
  {
    id: "mfa",
    label: "Users with a second factor",
    description: "The same, for who signed in with a code of the second factor.",
    document: json([
      {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: "sts:AssumeRole",
        Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
      },
    ]),
  },
];

/** The document by lines of JSON, where it is JSON; else as it is. */
export function pretty(document: string): string {
  try {
    return JSON.stringify(JSON.parse(document), null, 2);
  } catch {
    return document;
  }
}

/** Where a line begins and ends in a text; lines count from 1. */
export function lineRange(text: string, line: number): [number, number] {
  const lines = text.split("\n");
  const before = lines.slice(0, Math.max(0, line - 1));
  const start = before.reduce((sum, one) => sum + one.length + 1, 0);
  return [Math.min(start, text.length), Math.min(start + (lines[line - 1]?.length ?? 0), text.length)];
}

/** The same two spaces deeper or less deep, for the lines that are chosen. */
export function indent(
  text: string,
  from: number,
  to: number,
  deeper: boolean,
): { text: string; from: number; to: number } {
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const chosen = text.slice(start, to).split("\n");
  const moved = chosen.map((line) => (deeper ? `  ${line}` : line.replace(/^ {1,2}/, "")));
  const first = (moved[0]?.length ?? 0) - (chosen[0]?.length ?? 0);
  const body = moved.join("\n");
  return {
    text: text.slice(0, start) + body + text.slice(to),
    from: Math.max(start, from + first),
    to: start + body.length,
  };
}
