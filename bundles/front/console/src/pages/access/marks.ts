import type { Review } from "../../api/access";

/** Something to be said about lines of a document. */
export interface Mark {
  level: "error" | "high" | "medium";
  /** From 1; 0 for the whole document. */
  from: number;
  to: number;
  title: string;
  text: string;
}

/** The review as marks, the first line first. */
export function marksOf(review: Review): readonly Mark[] {
  const faults = review.faults.map((fault): Mark => ({
    level: "error",
    from: fault.line,
    to: fault.line,
    title: fault.message,
    text: fault.detail,
  }));
  const findings = review.findings.map((finding): Mark => ({
    level: finding.severity === "HIGH" ? "high" : "medium",
    from: finding.startLine,
    to: finding.endLine,
    title: `${finding.rule}, statement ${finding.sid || finding.statement}`,
    text: finding.text,
  }));
  return [...faults, ...findings].sort((a, b) => a.from - b.from);
}

const RANK = { error: 3, high: 2, medium: 1 } as const;

/** The worst that is said of each line. */
export function levels(marks: readonly Mark[]): ReadonlyMap<number, Mark["level"]> {
  const worst = new Map<number, Mark["level"]>();
  for (const mark of marks) {
    for (let line = mark.from; line > 0 && line <= mark.to; line++) {
      const old = worst.get(line);
      if (!old || RANK[mark.level] > RANK[old]) {
        worst.set(line, mark.level);
      }
    }
  }
  return worst;
}

/** `line 3` or `lines 3-7`; nothing for the whole document. */
export const linesText = ({ from, to }: Pick<Mark, "from" | "to">): string =>
  from === 0 ? "" : from === to ? `line ${from}` : `lines ${from}-${to}`;
