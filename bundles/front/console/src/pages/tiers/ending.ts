import type { Session } from "../../api/calls";

/** Ids of hybrid nodes begin so. */
const HYBRID = "mi-";

/** How many of the sessions are on hybrid nodes. */
export const hybrid = (sessions: readonly Pick<Session, "target">[]): number =>
  sessions.filter((session) => session.target.startsWith(HYBRID)).length;

/**
 * What ends with the advanced tier.
 *
 * @param count sessions to hybrid nodes; undefined when it is not known
 * @param more whether there are sessions that were not looked at
 */
export function endingText(count: number | undefined, more: boolean): string {
  if (count === undefined) {
    return "Active sessions to hybrid nodes end";
  }
  if (more) {
    return `${count} or more active sessions to hybrid nodes end`;
  }
  if (count === 0) {
    return "No session to a hybrid node is active now; one that starts meanwhile ends";
  }
  return count === 1 ? "One active session to a hybrid node ends" : `${count} active sessions to hybrid nodes end`;
}
