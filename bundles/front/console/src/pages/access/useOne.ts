import { useCallback, useEffect, useState } from "react";
import { asProblem, type Problem } from "../../api/problem";

export interface One<T> {
  /** Undefined until it is there. */
  value: T | undefined;
  problem: Problem | undefined;
  /** Asks again; what is shown stays until the answer comes. */
  reload: () => void;
}

/** One thing of the server's; `ask` must be a new function when another thing is wanted. */
export function useOne<T>(ask: (signal: AbortSignal) => Promise<T>): One<T> {
  const [state, setState] = useState<{ value?: T; problem?: Problem; by?: typeof ask }>({});
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const asked = new AbortController();
    ask(asked.signal).then(
      (value) => !asked.signal.aborted && setState({ value, by: ask }),
      (thrown: unknown) => !asked.signal.aborted && setState({ problem: asProblem(thrown), by: ask }),
    );
    return () => asked.abort();
  }, [ask, turn]);
  const reload = useCallback(() => setTurn((old) => old + 1), []);
  const mine = state.by === ask;
  return { value: mine ? state.value : undefined, problem: mine ? state.problem : undefined, reload };
}
