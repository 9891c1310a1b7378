import type { ChannelState, Trouble } from "../../channel/state";

/** Rounded up: nothing is said to be over before it is. */
export function left(millis: number): string {
  const seconds = Math.max(0, Math.ceil(millis / 1_000));
  if (seconds < 120) {
    return `${seconds} s`;
  }
  return seconds < 7_200 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3_600)} h`;
}

export const clock = (at: number): string =>
  new Date(at).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });

export interface Words {
  readonly type: "in-progress" | "success" | "warning" | "stopped" | "error";
  /** Always the same while nothing changes but the seconds: this is what is read aloud. */
  readonly short: string;
  readonly long: string;
}

/** How a connection is told. */
export function wordsFor(channel: ChannelState, trouble: Trouble | undefined, now: number): Words {
  switch (channel.kind) {
    case "connecting":
      return { type: "in-progress", short: "Connecting", long: "" };
    case "connected":
      return trouble ? troubled(trouble, now) : { type: "success", short: "Connected", long: "" };
    case "reconnecting": {
      const next = channel.nextTry === undefined ? "trying now" : `next try in ${left(channel.nextTry - now)}`;
      return {
        type: "warning",
        short: "Reconnecting",
        long: `no connection since ${clock(channel.since)}, ${next}`,
      };
    }
    case "ended":
      return ended[channel.how];
  }
}

const ended = {
  over: { type: "stopped", short: "Ended", long: "" },
  moved: { type: "stopped", short: "Elsewhere", long: "the session goes on in another tab" },
  refused: { type: "error", short: "Refused", long: "" },
  lost: { type: "error", short: "Lost", long: "" },
} as const;

function troubled(trouble: Trouble, now: number): Words {
  if (trouble.kind === "node-away") {
    const end = trouble.ends === undefined ? "" : `, the session ends in ${left(trouble.ends - now)}`;
    return { type: "warning", short: "Node away", long: `since ${clock(trouble.since)}${end}` };
  }
  return {
    type: "warning",
    short: "No answer",
    long: `the node has not taken what was typed since ${clock(trouble.since)}`,
  };
}

/** What is said of an end, beside its cause. */
export const afterwards = {
  over: "The session has ended",
  moved: "The session goes on in another tab",
  refused: "This page cannot go on with the session",
  lost: "The session was lost",
} as const;
