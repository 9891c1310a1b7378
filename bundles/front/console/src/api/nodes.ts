import { ask } from "./client";
import type { ManagedNode, Part } from "./calls";
import type { components, operations } from "./schema";

type Schemas = components["schemas"];
type Query<Operation extends keyof operations> = NonNullable<operations[Operation]["parameters"]["query"]>;

export type OtherMachine = Schemas["OtherMachineShown"];
export type Setting = Schemas["Shown"];
/** Settings of the account by their names in the API's paths. */
export type SettingName = "tier" | "default-role";
export type UsageTotal = Schemas["UsageTotal"];
export type TotalQuery = Query<"Usage.totals">;
export type AuditRecord = Schemas["Event"];
export type AuditQuery = Query<"Audit.list">;
/** Days in UTC, both included: `2026-01-31`. */
export interface Days {
  from: string;
  to: string;
}

const of = (id: string) => ({ params: { path: { id } } });

export const getNode = (id: string, signal?: AbortSignal): Promise<ManagedNode> =>
  ask((api) => api.GET("/nodes/{id}", { ...of(id), signal }));

export const deregisterNode = (id: string): Promise<unknown> => ask((api) => api.DELETE("/nodes/{id}", of(id)));

export const approveNode = (id: string): Promise<unknown> => ask((api) => api.POST("/nodes/{id}/approval", of(id)));

export const changeRole = (id: string, role: string): Promise<unknown> =>
  ask((api) => api.PUT("/nodes/{id}/role", { ...of(id), body: { role } }));

export const changeTags = (id: string, change: Schemas["TagChange"]): Promise<unknown> =>
  ask((api) => api.POST("/nodes/{id}/tags", { ...of(id), body: change }));

/** Says whether the machine of that fingerprint is the node. */
export const decideMachine = (id: string, fingerprint: string, accept: boolean): Promise<unknown> =>
  ask((api) => api.POST("/nodes/{id}/machine", { ...of(id), body: { fingerprint, accept } }));

export const getSetting = (name: SettingName, signal?: AbortSignal): Promise<Setting> =>
  ask((api) => api.GET(`/settings/${name}`, { signal }));

export const changeSetting = (name: SettingName, value: string): Promise<Setting> =>
  ask((api) => api.PUT(`/settings/${name}`, { body: { value } }));

export const resetSetting = (name: SettingName): Promise<Setting> => ask((api) => api.DELETE(`/settings/${name}`));

export const listTotals = (query: TotalQuery, signal?: AbortSignal): Promise<Part<UsageTotal>> =>
  ask((api) => api.GET("/usage/totals", { params: { query }, signal }));

export const listAudit = (query: AuditQuery, signal?: AbortSignal): Promise<Part<AuditRecord>> =>
  ask((api) => api.GET("/audit", { params: { query }, signal }));

/** All rows of those days as a table. Asked for like all else, so that a refusal is shown and is not saved as a file. */
export const usageTable = (days: Days): Promise<Blob> =>
  ask((api) => api.GET("/usage/csv", { params: { query: days }, parseAs: "blob" }));

/** The same in the API's own form. */
export const usageJson = (days: Days): Promise<Blob> =>
  ask((api) => api.GET("/usage/json", { params: { query: days }, parseAs: "blob" }));
