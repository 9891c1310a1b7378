import { useCallback, useState } from "react";
import { recall, remember } from "../app/memory";

/** How a person wants a list to look. */
export interface ListPreferences {
  pageSize: number;
  wrapLines: boolean;
  stripedRows: boolean;
  /** Ids of the columns, in order. */
  columns: readonly string[];
}

export const PAGE_SIZES = [10, 20, 50, 100];

/** Kept in this browser, one for each list. What is no preference of this list is left out. */
export function usePreferences(
  list: string,
  columns: readonly string[],
  hidden: readonly string[],
): [ListPreferences, (next: Partial<ListPreferences>) => void] {
  const [kept, keep] = useState<ListPreferences>(() => {
    const old = recall<Partial<ListPreferences> | null>(`list.${list}`, null) ?? {};
    const known = Array.isArray(old.columns) ? old.columns.filter((id) => columns.includes(id)) : [];
    return {
      pageSize: PAGE_SIZES.find((size) => size === old.pageSize) ?? 20,
      wrapLines: old.wrapLines === true,
      stripedRows: old.stripedRows === true,
      columns: known.length > 0 ? known : columns.filter((id) => !hidden.includes(id)),
    };
  });
  const change = useCallback(
    (next: Partial<ListPreferences>) =>
      keep((old) => {
        const now = { ...old, ...next };
        remember(`list.${list}`, now);
        return now;
      }),
    [list],
  );
  return [kept, change];
}
