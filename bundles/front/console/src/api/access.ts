import type { Part } from "./calls";
import { ask } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type User = Schemas["UserShown"];
export type Group = Schemas["GroupShown"];
export type Role = Schemas["RoleShown"];
export type Policy = Schemas["PolicyShown"];
export type PolicyVersion = Schemas["VersionBrief"];
export type AccessKey = Schemas["KeyShown"];
export type Renaming = Schemas["Renaming"];
export type MadeKey = Schemas["MadeKey"];
export type KeyUse = Schemas["KeyUse"];
export type Attached = Schemas["AttachedShown"];
export type Inline = Schemas["InlineName"];
export type PolicyUse = Schemas["UseShown"];
export type Review = Schemas["Reviewed"];
export type Finding = Schemas["Finding"];
export type Verdict = Schemas["Verdict"];
export type Statement = Schemas["StatementShown"];
export type Simulation = Schemas["Simulation"];
export type SimulatedAnswer = Schemas["SimulatedAnswer"];
export type DenialBrief = Schemas["DenialBrief"];
export type Denial = Schemas["DenialShown"];
export type Tags = Record<string, string>;

/** What a document is for; rules and quotas differ. */
export type PolicyKind = "MANAGED" | "USER_INLINE" | "GROUP_INLINE" | "ROLE_INLINE" | "TRUST" | "INPUT";

/** Which part of a list is wanted. */
export interface Wanted {
  text?: string;
  max?: number;
  next?: string;
}

export const listUsers = (query: Wanted, signal?: AbortSignal): Promise<Part<User>> =>
  ask((api) => api.GET("/users", { params: { query }, signal }));
export const getUser = (name: string, signal?: AbortSignal): Promise<User> =>
  ask((api) => api.GET("/users/{name}", { params: { path: { name } }, signal }));
export const createUser = (body: Schemas["WantedUser"]): Promise<User> => ask((api) => api.POST("/users", { body }));
export const deleteUser = (name: string): Promise<unknown> =>
  ask((api) => api.DELETE("/users/{name}", { params: { path: { name } } }));
export const renameUser = (name: string, body: Renaming): Promise<unknown> =>
  ask((api) => api.PUT("/users/{name}", { params: { path: { name } }, body }));
export const groupsOf = (name: string, query: Wanted, signal?: AbortSignal): Promise<Part<Group>> =>
  ask((api) => api.GET("/users/{name}/groups", { params: { path: { name }, query }, signal }));
export const hasSecondFactor = async (name: string, signal?: AbortSignal): Promise<boolean> =>
  (await ask((api) => api.GET("/users/{name}/totp", { params: { path: { name } }, signal }))).on;
export const resetSecondFactor = (name: string): Promise<unknown> =>
  ask((api) => api.DELETE("/users/{name}/totp", { params: { path: { name } } }));

export const listKeys = (name: string, query: Wanted, signal?: AbortSignal): Promise<Part<AccessKey>> =>
  ask((api) => api.GET("/users/{name}/keys", { params: { path: { name }, query }, signal }));
export const createKey = (name: string): Promise<MadeKey> =>
  ask((api) => api.POST("/users/{name}/keys", { params: { path: { name } } }));
export const activateKey = (name: string, key: string, active: boolean): Promise<unknown> =>
  ask((api) => api.PUT("/users/{name}/keys/{key}", { params: { path: { name, key } }, body: { active } }));
export const deleteKey = (name: string, key: string): Promise<unknown> =>
  ask((api) => api.DELETE("/users/{name}/keys/{key}", { params: { path: { name, key } } }));
export const keyUse = (name: string, key: string, signal?: AbortSignal): Promise<KeyUse> =>
  ask((api) => api.GET("/users/{name}/keys/{key}/use", { params: { path: { name, key } }, signal }));

export const passwordOf = (name: string, signal?: AbortSignal): Promise<Schemas["PasswordShown"]> =>
  ask((api) => api.GET("/users/{name}/password", { params: { path: { name } }, signal }));
export const createPassword = (name: string, password: string): Promise<unknown> =>
  ask((api) => api.POST("/users/{name}/password", { params: { path: { name } }, body: { password } }));
export const replacePassword = (name: string, password: string): Promise<unknown> =>
  ask((api) => api.PUT("/users/{name}/password", { params: { path: { name } }, body: { password } }));
export const deletePassword = (name: string): Promise<unknown> =>
  ask((api) => api.DELETE("/users/{name}/password", { params: { path: { name } } }));

export const listGroups = (query: Wanted, signal?: AbortSignal): Promise<Part<Group>> =>
  ask((api) => api.GET("/groups", { params: { query }, signal }));
export const getGroup = (name: string, signal?: AbortSignal): Promise<Group> =>
  ask((api) => api.GET("/groups/{name}", { params: { path: { name } }, signal }));
export const createGroup = (name: string): Promise<Group> => ask((api) => api.POST("/groups", { body: { name } }));
export const deleteGroup = (name: string): Promise<unknown> =>
  ask((api) => api.DELETE("/groups/{name}", { params: { path: { name } } }));
export const renameGroup = (name: string, body: Renaming): Promise<unknown> =>
  ask((api) => api.PUT("/groups/{name}", { params: { path: { name } }, body }));
export const membersOf = (name: string, query: Wanted, signal?: AbortSignal): Promise<Part<User>> =>
  ask((api) => api.GET("/groups/{name}/users", { params: { path: { name }, query }, signal }));
export const addToGroup = (name: string, user: string): Promise<unknown> =>
  ask((api) => api.PUT("/groups/{name}/users/{user}", { params: { path: { name, user } } }));
export const removeFromGroup = (name: string, user: string): Promise<unknown> =>
  ask((api) => api.DELETE("/groups/{name}/users/{user}", { params: { path: { name, user } } }));

export const listRoles = (query: Wanted, signal?: AbortSignal): Promise<Part<Role>> =>
  ask((api) => api.GET("/roles", { params: { query }, signal }));
export const getRole = (name: string, signal?: AbortSignal): Promise<Role> =>
  ask((api) => api.GET("/roles/{name}", { params: { path: { name } }, signal }));
export const createRole = (body: Schemas["WantedRole"]): Promise<Role> => ask((api) => api.POST("/roles", { body }));
export const updateRole = (name: string, body: Schemas["RoleDetails"]): Promise<unknown> =>
  ask((api) => api.PUT("/roles/{name}", { params: { path: { name } }, body }));
export const changeTrust = (name: string, document: string): Promise<unknown> =>
  ask((api) => api.PUT("/roles/{name}/trust", { params: { path: { name } }, body: { document } }));
export const deleteRole = (name: string): Promise<unknown> =>
  ask((api) => api.DELETE("/roles/{name}", { params: { path: { name } } }));

type PolicyQuery = Wanted & { scope?: "all" | "server" | "account"; attached?: boolean };

export const listPolicies = (query: PolicyQuery, signal?: AbortSignal): Promise<Part<Policy>> =>
  ask((api) => api.GET("/policies", { params: { query }, signal }));
export const getPolicy = (arn: string, signal?: AbortSignal): Promise<Policy> =>
  ask((api) => api.GET("/policies/policy", { params: { query: { arn } }, signal }));
export const createPolicy = (body: Schemas["WantedPolicy"]): Promise<Policy> =>
  ask((api) => api.POST("/policies", { body }));
export const deletePolicy = (arn: string): Promise<unknown> =>
  ask((api) => api.DELETE("/policies/policy", { params: { query: { arn } } }));
export const usesOf = (arn: string, query: Wanted, signal?: AbortSignal): Promise<Part<PolicyUse>> =>
  ask((api) => api.GET("/policies/policy/uses", { params: { query: { arn, ...query } }, signal }));
export const listVersions = (arn: string, query: Wanted, signal?: AbortSignal): Promise<Part<PolicyVersion>> =>
  ask((api) => api.GET("/policies/policy/versions", { params: { query: { arn, ...query } }, signal }));
export const getVersion = async (arn: string, version: string, signal?: AbortSignal): Promise<string> =>
  (
    await ask((api) =>
      api.GET("/policies/policy/versions/{version}", { params: { path: { version }, query: { arn } }, signal }),
    )
  ).document;
export const createVersion = (arn: string, document: string, makeDefault: boolean): Promise<unknown> =>
  ask((api) => api.POST("/policies/policy/versions", { params: { query: { arn } }, body: { document, makeDefault } }));
export const makeDefault = (arn: string, version: string): Promise<unknown> =>
  ask((api) =>
    api.PUT("/policies/policy/versions/{version}/default", { params: { path: { version }, query: { arn } } }),
  );
export const deleteVersion = (arn: string, version: string): Promise<unknown> =>
  ask((api) => api.DELETE("/policies/policy/versions/{version}", { params: { path: { version }, query: { arn } } }));

export const review = (document: string, kind: PolicyKind, signal?: AbortSignal): Promise<Review> =>
  ask((api) => api.POST("/policies/review", { body: { document, kind }, signal }));
export const simulate = async (body: Simulation): Promise<readonly SimulatedAnswer[]> =>
  (await ask((api) => api.POST("/simulations", { body }))).results;
export const listDenials = (query: Wanted & { principal?: string }, signal?: AbortSignal): Promise<Part<DenialBrief>> =>
  ask((api) => api.GET("/denials", { params: { query }, signal }));
export const getDenial = (reference: string, signal?: AbortSignal): Promise<Denial> =>
  ask((api) => api.GET("/denials/{reference}", { params: { path: { reference } }, signal }));
