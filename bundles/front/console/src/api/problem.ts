import type { components } from "./schema";

/** What a request failed with; its message is for people and says what to do. */
export class Problem extends Error {
  /** Stable name, for instance `access-denied`; `unreachable` when there was no answer at all. */
  readonly kind: string;
  readonly status: number;
  /** Stands in the server's log as well; empty when the server said nothing. */
  readonly reference: string;
  /** Seconds after which to try again, where the server says so. */
  readonly retryAfter: number | undefined;

  constructor(kind: string, status: number, detail: string, reference = "", retryAfter?: number) {
    super(detail);
    this.name = "Problem";
    this.kind = kind;
    this.status = status;
    this.reference = reference;
    this.retryAfter = retryAfter;
  }

  /** Whether asking again may help without anybody doing anything. */
  get passing(): boolean {
    return this.kind === "unreachable" || this.status === 503;
  }
}

const TYPE = "urn:sallyport:problem:";

/** Reads an answer's body, which may be anything when it did not come from the API. */
export function problemOf(status: number, body: unknown, retryAfter?: string | null): Problem {
  const said = body as Partial<components["schemas"]["Problem"]> | undefined;
  if (said && typeof said === "object" && typeof said.type === "string" && typeof said.detail === "string") {
    return new Problem(
      said.type.replace(TYPE, ""),
      status,
      said.detail,
      said.reference ?? "",
      Number(retryAfter) || undefined,
    );
  }
  return new Problem(
    "not-understood",
    status,
    `The server answered ${status} and nothing that the console understands. Load the page again; when that does not help, look into the server's log.`,
  );
}

export const unreachable = () =>
  new Problem("unreachable", 0, "The server does not answer. The console goes on by itself as soon as it does.");

/** Anything thrown as a problem. */
export function asProblem(thrown: unknown): Problem {
  return thrown instanceof Problem
    ? thrown
    : new Problem("defect", 0, `The console failed: ${String(thrown)}. Load the page again.`);
}
