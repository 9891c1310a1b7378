import { createContext, useContext, useEffect, useRef } from "react";
import type { Change, Changes } from "../api/events";

/** The changes that the server tells of; nothing in tests of single pages. */
export const ChangesContext = createContext<Pick<Changes, "subscribe"> | undefined>(undefined);

/** At most one call in this time, in milliseconds, however much changes. */
const QUIET = 500;

/** Calls when something of this kind changed. */
export function useChanges(kind: Change["kind"], call: () => void): void {
  const changes = useContext(ChangesContext);
  const latest = useRef(call);
  latest.current = call;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = changes?.subscribe((change) => {
      if (change.kind === kind && timer === undefined) {
        timer = setTimeout(() => {
          timer = undefined;
          latest.current();
        }, QUIET);
      }
    });
    return () => {
      end?.();
      clearTimeout(timer);
    };
  }, [changes, kind]);
}
