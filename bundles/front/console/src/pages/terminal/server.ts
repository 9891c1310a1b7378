import { listSessions } from "../../api/calls";
import { ask, learnSession, signedIn } from "../../api/client";
import { asProblem, type Problem } from "../../api/problem";
import type { Resumed } from "../../channel/session";

/** What the page shows of its session. */
export interface Facts {
  readonly target: string;
  readonly name: string;
  readonly reason: string;
}

/** For one try; the session tries again. */
const ANSWER_MILLIS = 10_000;

/** Asks once for a new token of the session. */
export function resume(sessionId: string): Promise<Resumed> {
  const late = new Promise<Resumed>((resolve) =>
    setTimeout(() => resolve({ kind: "away", text: "The server does not answer." }), ANSWER_MILLIS),
  );
  return Promise.race([asked(sessionId), late]);
}

async function asked(sessionId: string): Promise<Resumed> {
  try {
    if (!signedIn.get()) {
      await learnSession();
    }
    return await token(sessionId);
  } catch (thrown) {
    return refusal(asProblem(thrown));
  }
}

async function token(sessionId: string): Promise<Resumed> {
  const answer = await ask((api) => api.POST("/sessions/{id}/resume", { params: { path: { id: sessionId } } }));
  return answer.token === null
    ? { kind: "over", text: answer.endText ?? "" }
    : { kind: "token", token: answer.token, streamUrl: answer.streamUrl };
}

function refusal(problem: Problem): Resumed {
  const text = problem.message;
  if (problem.status === 401) {
    return { kind: "signed-out", text };
  }
  if (problem.kind === "request-forged") {
    // the person signed in anew in another tab; the next try learns it
    signedIn.set(null);
    return { kind: "away", text };
  }
  // a web server whose API has not come up yet answers with a page; only the API itself can refuse
  const passes =
    problem.passing || problem.status >= 500 || problem.status === 429 || problem.kind === "not-understood";
  return { kind: passes ? "away" : "refused", text };
}

/** Who may not list sessions sees the id. */
export async function facts(sessionId: string): Promise<Facts> {
  for (const state of ["active", "history"] as const) {
    const { items } = await listSessions({ state, text: [sessionId], max: 1 }).catch(() => ({ items: [] }));
    const found = items.find((one) => one.id === sessionId);
    if (found) {
      return { target: found.target, name: found.targetName ?? found.target, reason: found.reason ?? "" };
    }
  }
  return { target: "", name: sessionId, reason: "" };
}
