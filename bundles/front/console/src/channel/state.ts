/** How a session ended for this page. */
export type How =
  /** The program on the node ended, or somebody ended the session: it is over. */
  | "over"
  /** Another page of this browser has it now, where it goes on. */
  | "moved"
  /** The server does not let this page go on with it. */
  | "refused"
  /** The connection could not be taken up again, or the other end did what no session survives. */
  | "lost";

/** The connection, as a person sees it. Times are milliseconds since 1970. */
export type ChannelState =
  | { readonly kind: "connecting" }
  | { readonly kind: "connected" }
  | {
      readonly kind: "reconnecting";
      readonly since: number;
      /** Absent while it is being tried. */
      readonly nextTry?: number;
      readonly cause: string;
      /** Whether the person has to sign in before it can go on. */
      readonly signedOut: boolean;
    }
  | { readonly kind: "ended"; readonly how: How; readonly text: string };

/** What is wrong beyond the server. */
export interface Trouble {
  readonly kind: "node-away" | "not-taken";
  readonly text: string;
  readonly since: number;
  /** When the session ends if it stays so; absent when that is not known. */
  readonly ends?: number;
}

/** Something to read while the session goes on. */
export interface Notice {
  readonly kind: string;
  readonly text: string;
  /** When the session ends if nothing happens; absent when nothing ends. */
  readonly ends?: number;
}
