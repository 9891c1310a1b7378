import type { AuditRecord } from "../../api/nodes";

/** What no call says, in words; calls keep their own names, by which people search. */
const NAMES: Record<string, string> = {
  NodeRegistered: "Registered",
  NodeRegistrationRefused: "Registration refused",
  NodeMachineDiffers: "Another machine showed its key",
  NodeSecondChannel: "Second control channel",
  NodeReaped: "Removed: not heard of for too long",
  "NodeActions.approve": "Approved",
  "NodeActions.deregister": "Deregistered",
  "NodeActions.changeRole": "Role changed",
  "NodeActions.changeTags": "Tags changed",
  "NodeActions.decideMachine": "Decided about another machine",
};

export const eventName = (event: Pick<AuditRecord, "name">): string => NAMES[event.name] ?? event.name;

/** Whether a person should look at it: it may be a clone, or somebody who has the node's key. */
export const isDoubtful = (event: Pick<AuditRecord, "name">): boolean =>
  event.name === "NodeMachineDiffers" || event.name === "NodeSecondChannel";

/** Longest text that is shown of a detail. */
const LONGEST = 100;

/** What more a record says, for people. Parts of it came from nodes: they are text, and cut. */
export function eventDetails(event: Pick<AuditRecord, "name" | "errorCode" | "record">): string {
  if (event.errorCode) {
    return `Refused: ${cut(event.errorCode)}`;
  }
  const said = parameters(event.record);
  switch (event.name) {
    case "NodeSecondChannel":
      return said["decision"] === "refuse"
        ? `The channel from ${said["older"]} stayed, the second one was refused.`
        : `It took the place of the channel from ${said["older"]}. If the node did not move, somebody has its key: deregister it.`;
    case "NodeMachineDiffers":
      return `Fingerprint ${said["fingerprint"]}; it gets no credentials until somebody decides.`;
    case "NodeRegistered":
      return said["activation"] ? `With activation ${said["activation"]}` : `By ${said["proof"] ?? "its proof"}`;
    default:
      return Object.entries(said)
        .filter(([name]) => !["subject", "id"].includes(name))
        .map(([name, value]) => `${name}: ${value}`)
        .join(", ")
        .slice(0, 2 * LONGEST);
  }
}

function parameters(record: string): Record<string, string> {
  try {
    const { requestParameters } = JSON.parse(record) as { requestParameters?: unknown };
    return requestParameters !== null && typeof requestParameters === "object"
      ? Object.fromEntries(
          Object.entries(requestParameters).map(([name, value]) => [
            name,
            cut(typeof value === "string" ? value : JSON.stringify(value)),
          ]),
        )
      : {};
  } catch {
    return {};
  }
}

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
