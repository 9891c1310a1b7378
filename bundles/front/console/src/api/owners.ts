import type { Attached, Inline, PolicyKind, Tags, Wanted } from "./access";
import type { Part } from "./calls";
import { ask } from "./client";

/** Who has policies. */
export interface Owner {
  kind: "users" | "groups" | "roles";
  name: string;
}

/** What may have tags; a policy is named by its ARN. */
export interface Tagged {
  kind: "users" | "roles" | "policies";
  name: string;
}

/** What a policy in line of such an owner is, to a review. */
export const inlineKind: Record<Owner["kind"], PolicyKind> = {
  users: "USER_INLINE",
  groups: "GROUP_INLINE",
  roles: "ROLE_INLINE",
};

export const attachedTo = ({ kind, name }: Owner, query: Wanted, signal?: AbortSignal): Promise<Part<Attached>> =>
  ask((api) => api.GET(`/${kind}/{name}/policies`, { params: { path: { name }, query }, signal }));
export const attach = ({ kind, name }: Owner, arn: string): Promise<unknown> =>
  ask((api) => api.PUT(`/${kind}/{name}/policies`, { params: { path: { name }, query: { arn } } }));
export const detach = ({ kind, name }: Owner, arn: string): Promise<unknown> =>
  ask((api) => api.DELETE(`/${kind}/{name}/policies`, { params: { path: { name }, query: { arn } } }));

export const inlineOf = ({ kind, name }: Owner, query: Wanted, signal?: AbortSignal): Promise<Part<Inline>> =>
  ask((api) => api.GET(`/${kind}/{name}/inline`, { params: { path: { name }, query }, signal }));
export const getInline = async ({ kind, name }: Owner, policy: string): Promise<string> =>
  (await ask((api) => api.GET(`/${kind}/{name}/inline/{policy}`, { params: { path: { name, policy } } }))).document;
export const putInline = ({ kind, name }: Owner, policy: string, document: string): Promise<unknown> =>
  ask((api) => api.PUT(`/${kind}/{name}/inline/{policy}`, { params: { path: { name, policy } }, body: { document } }));
export const deleteInline = ({ kind, name }: Owner, policy: string): Promise<unknown> =>
  ask((api) => api.DELETE(`/${kind}/{name}/inline/{policy}`, { params: { path: { name, policy } } }));

/** Sets the permissions boundary of a user or role, or takes it away. */
export const limit = (owner: Owner & { kind: "users" | "roles" }, arn: string | undefined): Promise<unknown> => {
  const path = { name: owner.name };
  return arn === undefined
    ? ask((api) => api.DELETE(`/${owner.kind}/{name}/boundary`, { params: { path } }))
    : ask((api) => api.PUT(`/${owner.kind}/{name}/boundary`, { params: { path, query: { arn } } }));
};

/** Makes the tags what they are to be. */
export const changeTags = ({ kind, name }: Tagged, before: Tags, after: Tags): Promise<unknown> => {
  const body = {
    set: Object.fromEntries(Object.entries(after).filter(([key, value]) => before[key] !== value)),
    remove: Object.keys(before).filter((key) => !(key in after)),
  };
  return kind === "policies"
    ? ask((api) => api.POST("/policies/policy/tags", { params: { query: { arn: name } }, body }))
    : ask((api) => api.POST(`/${kind}/{name}/tags`, { params: { path: { name } }, body }));
};
