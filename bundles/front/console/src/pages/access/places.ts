/** Where the pages about access are, below `/console`. */
const at = (page: string, query: Record<string, string>): string =>
  `/access/${page}?${new URLSearchParams(query).toString()}`;

export const userAt = (name: string): string => at("users/user", { name });
export const groupAt = (name: string): string => at("groups/group", { name });
export const roleAt = (name: string): string => at("roles/role", { name });
export const policyAt = (arn: string): string => at("policies/policy", { arn });
export const denialAt = (reference: string): string => at("denials", { reference });

/** The page of what a policy's use names. */
export const usedAt = (kind: string, name: string): string =>
  kind === "USER" ? userAt(name) : kind === "GROUP" ? groupAt(name) : roleAt(name);
