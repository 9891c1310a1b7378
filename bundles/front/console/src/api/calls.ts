import { ask, signedIn, type Signed } from "./client";
import type { components, operations } from "./schema";

type Schemas = components["schemas"];
type Query<Operation extends keyof operations> = NonNullable<operations[Operation]["parameters"]["query"]>;

export type ManagedNode = Schemas["Node"];
export type Session = Schemas["SessionView"];
export type Activation = Schemas["Activated"];
export type NewActivation = Schemas["WantedActivation"];
export type MadeActivation = Schemas["Made"];
export type Start = Schemas["Start"];
export type NodeQuery = Query<"Nodes.list">;
export type SessionQuery = Query<"Sessions.list">;
export type ActivationQuery = Query<"Activations.list">;

/** One part of a list; `next` is null when it was the last. */
export interface Part<T> {
  items: T[];
  next: string | null;
}

export const listNodes = (query: NodeQuery, signal?: AbortSignal): Promise<Part<ManagedNode>> =>
  ask((api) => api.GET("/nodes", { params: { query }, signal }));

export const listSessions = (query: SessionQuery, signal?: AbortSignal): Promise<Part<Session>> =>
  ask((api) => api.GET("/sessions", { params: { query }, signal }));

export const listActivations = (query: ActivationQuery, signal?: AbortSignal): Promise<Part<Activation>> =>
  ask((api) => api.GET("/activations", { params: { query }, signal }));

export const createActivation = (wanted: NewActivation): Promise<MadeActivation> =>
  ask((api) => api.POST("/activations", { body: wanted }));

export const deleteActivation = (id: string): Promise<unknown> =>
  ask((api) => api.DELETE("/activations/{id}", { params: { path: { id } } }));

/** Answers the id alone: the tab of the terminal gets a token of its own, so this one is dropped at once. */
export const startSession = async (start: Start): Promise<string> =>
  (await ask((api) => api.POST("/sessions", { body: start }))).sessionId;

export const terminateSession = (id: string): Promise<unknown> =>
  ask((api) => api.DELETE("/sessions/{id}", { params: { path: { id } } }));

export const server = (): Promise<Schemas["Server"]> => ask((api) => api.GET("/server"));

export async function signIn(user: string, password: string, code: string | undefined): Promise<Signed> {
  const signed = await ask((api) => api.POST("/session", { body: { user, password, code: code ?? null } }));
  signedIn.set(signed);
  return signed;
}

export async function signOut(everywhere: boolean): Promise<void> {
  await ask((api) => api.DELETE("/session", { params: { query: { everywhere } } }));
  signedIn.set(null);
}

export const beginSecondFactor = (): Promise<Schemas["Secret"]> => ask((api) => api.POST("/session/totp"));

export async function confirmSecondFactor(code: string): Promise<void> {
  await ask((api) => api.PUT("/session/totp", { body: { code } }));
  noteSecondFactor(true);
}

export async function removeSecondFactor(code: string): Promise<void> {
  await ask((api) => api.DELETE("/session/totp", { body: { code } }));
  noteSecondFactor(false);
}

function noteSecondFactor(on: boolean): void {
  const session = signedIn.get();
  if (session) {
    signedIn.set({ ...session, totp: on });
  }
}
