import { vi } from "vitest";

/** What a request to the console's API was. */
export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: unknown;
}

type Answer = { status?: number; body?: unknown; headers?: Record<string, string> };

/** Answers in place of the server, by `GET /nodes`; what nobody answers for fails the test. */
export function answering(answers: Record<string, (asked: Asked) => Answer | Promise<Answer>>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    const url = new URL(request.url);
    const one: Asked = {
      method: request.method,
      path: url.pathname.replace("/console/api/v1", ""),
      query: url.searchParams,
      headers: request.headers,
      body: request.body ? await request.json() : undefined,
    };
    asked.push(one);
    const answer = answers[`${one.method} ${one.path}`];
    if (!answer) {
      throw new TypeError(`Nobody answers for ${one.method} ${one.path}`);
    }
    const { status = 200, body, headers = {} } = await answer(one);
    return new Response(body === undefined ? null : JSON.stringify(body), {
      status,
      headers: { "Content-Type": status < 400 ? "application/json" : "application/problem+json", ...headers },
    });
  });
  return asked;
}

/** A problem as the API tells it. */
export const problem = (name: string, status: number, detail: string, headers = {}): Answer => ({
  status,
  headers,
  body: { type: `urn:sallyport:problem:${name}`, title: name, status, detail, reference: "r-1" },
});
