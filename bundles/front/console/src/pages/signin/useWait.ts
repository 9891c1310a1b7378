import { useEffect, useState } from "react";

/** Seconds to wait when the server does not say. */
const USUAL = 60;

/** Counts down the seconds until the person may try again. */
export function useWait(): { seconds: number; begin: (seconds: number | undefined) => void } {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(() => Date.now());
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  useEffect(() => {
    if (seconds === 0) {
      return undefined;
    }
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [seconds]);
  return {
    seconds,
    begin: (wanted) => {
      setNow(Date.now());
      setUntil(Date.now() + (wanted ?? USUAL) * 1000);
    },
  };
}
