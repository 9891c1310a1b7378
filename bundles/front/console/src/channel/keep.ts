import type { TerminalSize } from "../codec/payloads";

/** Output of a session as it was received, in order. */
export interface KeptOutput {
  /** Number of its first message. */
  readonly first: number;
  /** Number of the message after its last one. */
  readonly next: number;
  readonly bytes: Uint8Array;
  /** Window in which it was shown. */
  readonly size: TerminalSize;
}

/** A terminal's picture at one moment, written so that a terminal of that size shows it. */
export interface Picture {
  /** Number of the first message that is not in it. */
  readonly next: number;
  readonly text: string;
  readonly size: TerminalSize;
}

/** What a page that is loaded goes on with. */
export interface Kept {
  readonly clientId: string;
  /** Whether an earlier page opened the session with that id, or was about to. */
  readonly opened: boolean;
  readonly picture?: Picture;
  /** After the picture, in order and without a gap. */
  readonly output: readonly KeptOutput[];
}

/**
 * What this browser keeps of one session, so that a page that is loaded again loses nothing. Only the page that claimed a session last may
 * write; the others are told by {@link Moved}.
 */
export interface Keep {
  /** Makes this page the one that has the session. */
  claim(): Promise<Kept>;

  /** Fulfilled when the output would survive the end of this page; all of it or nothing. In order. */
  append(output: readonly KeptOutput[]): Promise<void>;

  /** Takes the place of all output before it. */
  replace(picture: Picture): Promise<void>;

  /** Whether this page still has the session. */
  mine(): Promise<boolean>;

  /** The session is over; what is kept of it serves to read it for an hour. */
  over(): Promise<void>;
}

/** Another page has the session. */
export class Moved extends Error {
  override readonly name = "Moved";
}

/** For browsers that let pages keep nothing: a page that is loaded again cannot go on. */
export class NoKeep implements Keep {
  private readonly clientId = crypto.randomUUID();

  claim(): Promise<Kept> {
    return Promise.resolve({ clientId: this.clientId, opened: false, output: [] });
  }

  append(): Promise<void> {
    return Promise.resolve();
  }

  replace(): Promise<void> {
    return Promise.resolve();
  }

  mine(): Promise<boolean> {
    return Promise.resolve(true);
  }

  over(): Promise<void> {
    return Promise.resolve();
  }
}
