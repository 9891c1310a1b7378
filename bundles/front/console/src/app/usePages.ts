import { useCallback, useEffect, useReducer, useRef } from "react";
import type { Part } from "../api/calls";
import { reachable } from "../api/client";
import { asProblem, type Problem } from "../api/problem";

/** Asks for one part of a list; a new function when another list is wanted. */
export type Lister<T> = (next: string | undefined, signal: AbortSignal) => Promise<Part<T>>;

interface State<T> {
  /** Where each known page begins; the first begins at the begin. */
  starts: (string | undefined)[];
  /** From 0. */
  page: number;
  items: readonly T[];
  /** Whether there is nothing to show yet. */
  loading: boolean;
  problem: Problem | undefined;
}

export interface Pages<T> extends State<T> {
  /** Pages that are known, from 1. */
  count: number;
  /** Shows another page, from 0. */
  show: (page: number) => void;
  /** Asks for the same page again; what is shown stays until the answer comes. */
  reload: () => void;
}

const begin = <T>(): State<T> => ({ starts: [undefined], page: 0, items: [], loading: true, problem: undefined });

/** A list by pages of the server's keys: nothing is asked for but what is shown. */
export function usePages<T>(lister: Lister<T>): Pages<T> {
  const [state, change] = useReducer(
    (old: State<T>, next: Partial<State<T>>): State<T> => ({ ...old, ...next }),
    undefined,
    begin<T>,
  );
  const latest = useRef(state);
  latest.current = state;
  const asked = useRef<AbortController>(undefined);

  const load = useCallback(
    async (page: number, starts: (string | undefined)[]) => {
      asked.current?.abort();
      const mine = new AbortController();
      asked.current = mine;
      try {
        const part = await lister(starts[page], mine.signal);
        if (!mine.signal.aborted) {
          const known = starts.slice(0, page + 1);
          change({
            starts: part.next === null ? known : [...known, part.next],
            page,
            items: part.items,
            loading: false,
            problem: undefined,
          });
        }
      } catch (thrown) {
        if (!mine.signal.aborted) {
          change({ loading: false, problem: asProblem(thrown) });
        }
      }
    },
    [lister],
  );

  useEffect(() => {
    const fresh = begin<T>();
    change({ ...fresh, items: latest.current.items, loading: true });
    void load(0, fresh.starts);
    return () => asked.current?.abort();
  }, [load]);

  const reload = useCallback(() => void load(latest.current.page, latest.current.starts), [load]);

  // after the server was away, what is shown may be old
  useEffect(
    () =>
      reachable.subscribe(() => {
        if (reachable.get() && latest.current.problem?.passing) {
          reload();
        }
      }),
    [reload],
  );

  const show = useCallback((page: number) => void load(page, latest.current.starts), [load]);
  return { ...state, count: state.starts.length, show, reload };
}
