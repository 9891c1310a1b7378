import type { ManagedNode } from "../../api/calls";

/** Ways of proof by their names on the wire; one that is not here keeps its name. */
const PROOFS: Record<string, string> = {
  activation: "An activation",
  cloud: "Its cloud's word",
  oidc: "A token of an identity provider",
};

/** By what a node proved what it is when it registered, and who it is to that. */
export const proofOf = (node: Pick<ManagedNode, "provenBy" | "subject">): string =>
  (PROOFS[node.provenBy] ?? node.provenBy) + (node.subject ? `: ${node.subject}` : "");

/** What tiers gate and count, and what they do not. */
export const typeOf = (node: Pick<ManagedNode, "hybrid">): string => (node.hybrid ? "Hybrid node" : "Cloud instance");
