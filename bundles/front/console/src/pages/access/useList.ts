import { useCallback } from "react";
import type { Wanted } from "../../api/access";
import type { Part } from "../../api/calls";
import { usePages, type Pages } from "../../app/usePages";

/** A list of the server's in parts of this many; `ask` must be a new function when another list is wanted. */
export function useList<T>(ask: (query: Wanted, signal: AbortSignal) => Promise<Part<T>>, max = 20): Pages<T> {
  return usePages<T>(
    useCallback(
      (next: string | undefined, signal: AbortSignal) => ask({ max, ...(next !== undefined && { next }) }, signal),
      [ask, max],
    ),
  );
}
