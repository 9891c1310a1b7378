import type { Statement } from "../../api/access";

const LAYERS: Record<string, string> = {
  IDENTITY: "the policies of the principal",
  BOUNDARY: "the permissions boundary",
  SESSION: "the session policies",
  TRUST: "the trust policy of the role",
  RESOURCE: "the policies of the resource",
};

/** Whose policies a layer is. */
export const layerText = (layer: string): string => LAYERS[layer] ?? layer;

/** Where a statement stands: `Shells (user-managed), statement 2 "NotNow", lines 3-7`. */
export function placeText(statement: Statement): string {
  const policy = statement.policy
    ? `${statement.policy}${statement.policyType === "none" ? "" : ` (${statement.policyType})`}`
    : layerText(statement.layer);
  const sid = statement.sid ? ` "${statement.sid}"` : "";
  const lines =
    statement.startLine === statement.endLine
      ? `line ${statement.startLine}`
      : `lines ${statement.startLine}-${statement.endLine}`;
  return `${policy}, statement ${statement.number}${sid}, ${lines}`;
}

const list = (values: readonly string[]): string => values.map((value) => `"${value}"`).join(" or ");

/** What a condition wanted and what it found. */
export const conditionText = (condition: Statement["conditions"][number]): string =>
  `${condition.operator} ${condition.key}: wanted ${list(condition.wanted)}, ` +
  (condition.found.length > 0 ? `was ${list(condition.found)}` : "the request has no such key");
