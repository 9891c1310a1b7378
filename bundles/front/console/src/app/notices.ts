import { Signal } from "../api/signal";
import { asProblem } from "../api/problem";
import { whyHref } from "./references";

/** Something that happened and that the person should know. */
export interface Notice {
  id: number;
  type: "success" | "error" | "warning" | "info";
  title: string;
  text?: string | undefined;
  /** What the person can do at once. */
  link?: { text: string; href: string } | undefined;
}

/** The last few; older ones make room. */
export const notices = new Signal<readonly Notice[]>([]);

const MOST = 5;
let last = 0;

export function notify(notice: Omit<Notice, "id">): void {
  notices.set([...notices.get(), { ...notice, id: ++last }].slice(-MOST));
}

/** Tells what failed and what to do. */
export function notifyProblem(title: string, thrown: unknown): void {
  const problem = asProblem(thrown);
  const reference = problem.reference && problem.status >= 500 ? ` (reference ${problem.reference})` : "";
  const why = whyHref(problem.message);
  notify({
    type: "error",
    title,
    text: problem.message + reference,
    ...(why !== undefined && { link: { text: "Administrators see here why.", href: why } }),
  });
}

export function dismiss(id: number): void {
  notices.set(notices.get().filter((notice) => notice.id !== id));
}
