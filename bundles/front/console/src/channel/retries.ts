const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;

/** The longest time that a server keeps a session for a client who is away. */
const GIVE_UP = 24 * 3_600_000;

/**
 * When to try again, and when to give up: after so long without progress. That a connection opens is no progress, else one that is closed
 * at once would be opened for ever without a pause.
 */
export class Retries {
  private longest = FIRST_PAUSE;
  private failingSince: number | undefined;

  /** @param random from 0 to below 1; many pages must not come back in one moment */
  constructor(private readonly random: () => number = Math.random) {}

  /** Milliseconds to the next try; undefined to give up. */
  next(now: number): number | undefined {
    this.failingSince ??= now;
    if (now - this.failingSince >= GIVE_UP) {
      return undefined;
    }
    const pause = this.longest * (0.5 + this.random() / 2);
    this.longest = Math.min(LONGEST_PAUSE, this.longest * 2);
    return pause;
  }

  /** The connection works. */
  progress(): void {
    this.failingSince = undefined;
    this.longest = FIRST_PAUSE;
  }
}
