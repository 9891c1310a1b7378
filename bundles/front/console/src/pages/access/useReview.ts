import { useEffect, useState } from "react";
import { review, type PolicyKind, type Review } from "../../api/access";
import { asProblem, type Problem } from "../../api/problem";

/** Rest after the last key press before the server is asked, in milliseconds. */
const REST = 400;

interface State {
  /** Of which text. */
  of: string;
  review: Review | undefined;
  problem: Problem | undefined;
}

/** What the server says of a document while it is written; of the one before until it has said something of this one. */
export function useReview(document: string, kind: PolicyKind): { review?: Review; problem?: Problem; fresh: boolean } {
  const [state, setState] = useState<State>();
  useEffect(() => {
    const asked = new AbortController();
    const timer = setTimeout(() => {
      review(document, kind, asked.signal).then(
        (answer) => !asked.signal.aborted && setState({ of: document, review: answer, problem: undefined }),
        (thrown: unknown) =>
          !asked.signal.aborted && setState({ of: document, review: undefined, problem: asProblem(thrown) }),
      );
    }, REST);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [document, kind]);
  return {
    ...(state?.review && { review: state.review }),
    ...(state?.problem && { problem: state.problem }),
    fresh: state?.of === document,
  };
}
