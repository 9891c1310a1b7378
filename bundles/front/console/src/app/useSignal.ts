import { useSyncExternalStore } from "react";
import type { Signal } from "../api/signal";

/** The signal's value, and a new rendering whenever it changes. */
export const useSignal = <T>(signal: Signal<T>): T => useSyncExternalStore(signal.subscribe, signal.get);
