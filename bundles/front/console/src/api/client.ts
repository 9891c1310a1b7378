import createClient from "openapi-fetch";
import { problemOf, unreachable, Problem } from "./problem";
import type { components, paths } from "./schema";
import { Signal } from "./signal";

export type Signed = components["schemas"]["Signed"];

/** Who is signed in; `undefined` until it is known, `null` for nobody. */
export const signedIn = new Signal<Signed | null | undefined>(undefined);

/** Whether the last request reached the server. */
export const reachable = new Signal(true);

const BASE = `${location.origin}/console/api/v1`;
const CSRF = "X-CSRF-Token";

const client = createClient<paths>({
  baseUrl: BASE,
  // looked up at each call, so that tests may replace it
  fetch: (request) => fetch(request),
  credentials: "same-origin",
});

client.use({
  onRequest({ request }) {
    const session = signedIn.get();
    if (request.method !== "GET" && session) {
      request.headers.set(CSRF, session.csrf);
    }
    return request;
  },
});

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Kinds of 401 that are about the sign-in that is being tried and not about the session. */
const OF_SIGN_IN = ["credentials-rejected", "code-required", "code-rejected"];

/** The answer's body, or a {@link Problem} thrown. */
export async function ask<T>(call: (api: typeof client) => Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call(client);
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === "AbortError") {
      throw thrown;
    }
    reachable.set(false);
    throw unreachable();
  }
  reachable.set(true);
  if (answer.response.ok) {
    return answer.data as T;
  }
  const problem = problemOf(answer.response.status, answer.error, answer.response.headers.get("Retry-After"));
  if (problem.status === 401 && !OF_SIGN_IN.includes(problem.kind)) {
    signedIn.set(null);
  }
  throw problem;
}

/** Finds out who is signed in. */
export async function learnSession(): Promise<void> {
  try {
    signedIn.set(await ask((api) => api.GET("/session")));
  } catch (thrown) {
    if (!(thrown instanceof Problem) || thrown.status !== 401) {
      throw thrown;
    }
  }
}

/** Asks until the server answers; for when it did not. Resolves with whether it did. */
export async function ping(): Promise<boolean> {
  try {
    await ask((api) => api.GET("/session"));
  } catch (thrown) {
    return !(thrown instanceof Problem && thrown.passing);
  }
  return true;
}
