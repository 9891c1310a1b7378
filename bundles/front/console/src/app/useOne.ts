import { useCallback, useEffect, useRef, useState } from "react";
import { reachable } from "../api/client";
import { asProblem, type Problem } from "../api/problem";

/** One thing of the server's, as far as it is known. */
export interface One<T> {
  value: T | undefined;
  problem: Problem | undefined;
  /** Asks again; what is shown stays until the answer comes. */
  reload: () => void;
  /** Shows what an answer to a change said, without asking again. */
  set: (value: T) => void;
}

/** Asks for one thing; a new function when another one is wanted. After the server was away it asks again. */
export function useOne<T>(get: (signal: AbortSignal) => Promise<T>): One<T> {
  const [state, setState] = useState<{ value?: T; problem?: Problem }>({});
  const asked = useRef<AbortController>(undefined);
  const latest = useRef(state);
  latest.current = state;

  const reload = useCallback(() => {
    asked.current?.abort();
    const mine = new AbortController();
    asked.current = mine;
    get(mine.signal).then(
      (value) => !mine.signal.aborted && setState({ value }),
      (thrown: unknown) => !mine.signal.aborted && setState((old) => ({ ...old, problem: asProblem(thrown) })),
    );
  }, [get]);

  useEffect(() => {
    reload();
    return () => asked.current?.abort();
  }, [reload]);
  useEffect(
    () =>
      reachable.subscribe(() => {
        if (reachable.get() && latest.current.problem?.passing) {
          reload();
        }
      }),
    [reload],
  );

  const set = useCallback((value: T) => {
    asked.current?.abort();
    setState({ value });
  }, []);
  return { value: state.value, problem: state.problem, reload, set };
}
