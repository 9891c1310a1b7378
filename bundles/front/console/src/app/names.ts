import type { ManagedNode, Session } from "../api/calls";

/** What people call a node: its name, else what it calls itself, else its id. */
export const nodeName = (node: Pick<ManagedNode, "id" | "name" | "computerName">): string =>
  node.name || node.computerName || node.id;

export const targetName = (session: Pick<Session, "target" | "targetName">): string =>
  session.targetName || session.target;
